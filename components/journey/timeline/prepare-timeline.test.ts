import { describe, expect, it } from "vitest";
import { at, eventView, journeyDetail } from "@/client/testing/journey-detail";
import type { FindingView } from "@/contracts/http";
import { nextMark } from "./next-mark";
import { prepareScale } from "./prepare-scale";
import { MAX_MARKS, prepareTimeline } from "./prepare-timeline";

const received = eventView("e1", 0, {
  stage: "received",
  type: "user_message",
  messageId: "m1",
  connectionId: "c1",
  connectionUser: "alice",
});
const routed = eventView("e2", 5, { stage: "routed", type: "user_message", messageId: "m1", router: "MessageRouter" });
const emitted = eventView("e3", 100, { type: "agent_completed", agentName: "supervisor", messageId: "m2" });
const lost: FindingView = {
  code: "event_lost",
  severity: "error",
  fails: true,
  step: "agent_completed",
  messageType: "agent_completed",
  at: at(5_100),
  eventIds: ["e3"],
  eventIdsOmitted: 0,
  summary: "agent_completed reached nobody.",
};
const connection = {
  connectionId: "c1",
  instance: "chat-1",
  userId: "alice",
  openedAt: at(-10),
  closedAt: null,
  closeCode: null,
};
const failedJourney = journeyDetail([received, routed, emitted], {
  status: "failed",
  brokenAt: { step: "agent_completed", hop: "emitted", router: "MessageRouter" },
  brokenBy: "event_lost",
  findings: [lost],
  connections: [connection],
});

describe("the timeline", () => {
  it("has lanes from the user inwards", () => {
    const { lanes } = prepareTimeline(failedJourney, failedJourney.events.items);
    expect(lanes.map((lane) => `${lane.kind} ${lane.label}`)).toEqual([
      "user alice",
      "connection c1",
      "router MessageRouter",
      "agent supervisor",
    ]);
  });

  it("marks what was owed and never came as missing, on the lane where it was owed", () => {
    const { marks, links } = prepareTimeline(failedJourney, failedJourney.events.items);
    const missing = marks.at(-1);
    expect(missing).toMatchObject({ state: "missing", laneId: "connection:chat-1/c1", eventId: "e3" });
    expect(links.some((link) => link.state === "missing")).toBe(true);
  });

  it("draws a message that reached another user in red up to that user", () => {
    const sent = eventView("e4", 110, {
      stage: "sent",
      type: "agent_completed",
      messageId: "m2",
      router: "EventRouter",
      connectionId: "c9",
      connectionUser: "bob",
    });
    const journey = journeyDetail([emitted, sent], {
      findings: [{ ...lost, code: "wrong_recipient", severity: "critical", eventIds: ["e4"] }],
      deliveries: [
        {
          messageId: "m2",
          type: "agent_completed",
          state: "leaked",
          connectionId: "c9",
          recipient: "bob",
          router: "EventRouter",
          emittedAt: emitted.time,
          sentAt: sent.time,
          ackedAt: null,
          eventIds: ["e3", "e4"],
          eventIdsOmitted: 0,
        },
      ],
    });
    const { marks, links, dots } = prepareTimeline(journey, journey.events.items);
    expect(marks.find((mark) => mark.eventId === "e4")?.state).toBe("bad");
    expect(links.filter((link) => link.state === "bad").map((link) => link.toLane)).toEqual([
      "router:EventRouter",
      "connection:chat-1/c9",
      "user:bob",
    ]);
    expect(dots.map((dot) => dot.laneId)).toEqual(["router:EventRouter", "user:bob"]);
  });

  it("is bounded, around the break, and says so", () => {
    const events = Array.from({ length: 1_000 }, (_, index) =>
      eventView(`x${index}`, index, { type: "agent_thinking" }),
    );
    const journey = journeyDetail(events, {
      brokenAt: { step: "agent_completed", hop: null, router: null },
      brokenBy: "event_lost",
      findings: [{ ...lost, eventIds: ["x700"] }],
    });
    const timeline = prepareTimeline(journey, events);
    expect(timeline.marks).toHaveLength(MAX_MARKS + 1);
    expect(timeline.marks.some((mark) => mark.eventId === "x700")).toBe(true);
    expect(timeline.bound).toBe("150 of 1,000 events, those around the break");
  });

  it("keeps the order of time exact and names silences", () => {
    const scale = prepareScale([0, 3, 30_000]);
    expect(scale.xOf(0)).toBeLessThan(scale.xOf(3));
    expect(scale.xOf(3)).toBeLessThan(scale.xOf(30_000));
    expect(scale.gaps.map((gap) => gap.label)).toEqual(["30.0 s"]);
  });

  it("is walked by the arrow keys: in time, and to the nearest mark of another lane", () => {
    const { marks, lanes } = prepareTimeline(failedJourney, failedJourney.events.items);
    const [first, second, third] = marks;
    if (!first || !second || !third) throw new Error("three marks expected");
    expect(nextMark(marks, lanes, first, "ArrowRight")).toBe(second);
    expect(nextMark(marks, lanes, second, "ArrowLeft")).toBe(first);
    expect(nextMark(marks, lanes, second, "ArrowDown")).toBe(third);
    expect(nextMark(marks, lanes, first, "ArrowLeft")).toBeNull();
  });
});
