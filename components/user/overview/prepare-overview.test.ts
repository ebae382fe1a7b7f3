import { describe, expect, it } from "vitest";
import type { CountedTimeline } from "@/client/timeline-parts";
import type { UserLanes } from "@/contracts/http";
import { prepareFaults } from "./prepare-faults";
import { prepareStacks, prepareThreads } from "./prepare-journeys";
import { prepareOverview } from "./prepare-overview";
import { prepareScale } from "./prepare-scale";

const startMs = Date.parse("2026-11-21T10:00:00.000Z");
const at = (second: number) => new Date(startMs + second * 1_000).toISOString();
const summary = (change: Partial<CountedTimeline> = {}): CountedTimeline => ({
  ...{ total: 3, coveredFrom: null, firstAt: at(0), lastAt: at(99), bucketMs: 1_000, chunks: [], endCursor: null },
  ...{ buckets: [], connectionBuckets: [], connections: [], errors: [] },
  facets: { stage: [], type: [], router: [], thread: [] },
  ...change,
});
const lanes = (change: Partial<UserLanes> = {}): UserLanes => ({
  ...{ connections: [], journeys: [], journeyBuckets: null, missing: [], leaks: [] },
  omitted: { connections: 0, journeys: 0, missing: 0, leaks: 0 },
  ...change,
});
const prepare = (figures: Partial<CountedTimeline>, beneath?: UserLanes) =>
  prepareOverview({
    ...{ user: "ann", summary: summary(figures), lanes: beneath, shorten: false },
    ...{ fromMs: startMs, toMs: startMs + 100_000, widthPx: 100 },
  });
const scale = prepareScale({ fromMs: startMs, toMs: startMs + 100_000, active: [], widthPx: 1_000, shorten: false });
const journey = (id: string, from: number, to: number, threadId: string | null = "t") => ({
  ...{ id, status: "succeeded" as const, startedAt: at(from), untilAt: at(to), threadId, brokenBy: null },
});

describe("the density of events", () => {
  it("is drawn against its highest place, errors within it", () => {
    const { density } = prepare({
      buckets: [
        [0, 4, 1],
        [50, 8, 0],
      ],
    });
    expect(density.map(({ x, events, errors }) => [Math.round(x), events, errors])).toEqual([
      [0, 0.5, 0.125],
      [50, 1, 0],
    ]);
  });

  it("adds up buckets that fall on one pixel", () => {
    const { density } = prepare({
      bucketMs: 100,
      buckets: [
        [0, 2, 0],
        [1, 2, 2],
        [30, 8, 0],
      ],
    });
    expect(density.map(({ events, errors }) => [events, errors])).toEqual([
      [0.5, 0.25],
      [1, 0],
    ]);
  });
});

describe("a connection's lane", () => {
  const connection = { connectionId: "c1", instance: "a", openedAt: at(10), closedAt: at(60), closeCode: 1000 };
  it("reaches from open to close, with what happened on it", () => {
    const [lane] = prepare(
      { connections: [{ connectionId: "c1", instance: "a" }], connectionBuckets: [[20, 0, 5]] },
      lanes({ connections: [connection] }),
    ).connections;
    expect(lane).toMatchObject({ fromX: 10, toX: 60, end: "normal", openUnseen: false });
    expect(lane?.activity).toBe("M20.0 0H21.5");
    expect(lane?.detail).toBe("closed with 1000, after 50.0 s, on a");
  });

  it("says when it broke, when it is open, and when its begin was not seen", () => {
    const { connections } = prepare(
      {},
      lanes({
        connections: [
          { ...connection, closeCode: null },
          { ...connection, openedAt: null, closedAt: null },
        ],
      }),
    );
    expect(connections.map(({ end, openUnseen, fromX, toX }) => [end, openUnseen, fromX, toX])).toEqual([
      ["abnormal", false, 10, 60],
      [null, true, 0, 100],
    ]);
  });
});

describe("journeys", () => {
  it("have a lane for each thread while threads are few, else one lane", () => {
    const two = [journey("a", 0, 5, "t1"), journey("b", 1, 6, "t2"), journey("c", 2, 3, null)];
    expect(prepareThreads(two, scale).map(({ label }) => label)).toEqual(["no thread", "t2", "t1"]);
    const many = Array.from({ length: 7 }, (_, n) => journey(`j${n}`, n, n + 1, `t${n}`));
    expect(prepareThreads(many, scale).map(({ label, isThread }) => [label, isThread])).toEqual([["Journeys", false]]);
  });

  it("that overlap stand below each other", () => {
    const [lane] = prepareThreads([journey("a", 0, 50), journey("b", 10, 20), journey("c", 60, 70)], scale);
    expect(lane?.bars.map(({ journeyId, row }) => [journeyId, row])).toEqual([
      ["a", 0],
      ["b", 1],
      ["c", 0],
    ]);
    expect(lane?.rows).toBe(2);
  });

  it("too many for bars are stacked by status, what failed at the bottom", () => {
    const items: NonNullable<UserLanes["journeyBuckets"]>["items"] = [
      [0, "succeeded", 3],
      [0, "failed", 1],
      [2, "succeeded", 2],
    ];
    const stacks = prepareStacks({ from: at(0), bucketMs: 10_000, items }, scale);
    expect(stacks.map(({ x, parts }) => [Math.round(x), parts.map(({ status }) => status)])).toEqual([
      [0, ["failed", "succeeded"]],
      [200, ["succeeded"]],
    ]);
    expect(stacks[0]?.parts[0]?.share).toBe(0.25);
  });
});

describe("faults", () => {
  const error = (second: number, id: string) => ({
    ...{ id, at: at(second), stage: "sent", type: "agent_completed", connectionId: null, instance: "" },
  });
  const leak = {
    incidentId: "i",
    rule: "wrong_recipient",
    at: at(50),
    owner: "bob",
    recipient: "ann",
    connectionId: null,
    eventIds: ["l"],
  };

  it("too close to tell apart are one, named after the gravest", () => {
    const missing = { journeyId: "j", code: "event_lost", at: at(10.5), messageType: null, summary: "It never came." };
    const faults = prepareFaults(
      "ann",
      { errors: [error(10, "e1"), error(11, "e2"), error(90, "e3")] },
      { missing: [missing], leaks: [] },
      scale,
    );
    expect(faults.map(({ kind, count, title }) => [kind, count, title])).toEqual([
      ["missing", 3, "1 event that never came, 2 errors"],
      ["error", 1, "agent_completed sent with an error"],
    ]);
    expect(faults[0]?.journeyId).toBe("j");
  });

  it("say in which direction a leak went, and do not show its events as errors too", () => {
    const [fault, ...others] = prepareFaults(
      "ann",
      { errors: [error(50, "l")] },
      { missing: [], leaks: [leak] },
      scale,
    );
    expect(fault).toMatchObject({ kind: "leak", detail: "a message of bob reached them", eventId: "l" });
    expect(others).toEqual([]);
  });

  it("outside of the times in view are not drawn", () => {
    expect(prepareFaults("ann", { errors: [error(-5, "e1"), error(150, "e2")] }, undefined, scale)).toEqual([]);
  });
});
