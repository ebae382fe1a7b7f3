import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEFAULT_POLICY } from "../journeys/policy";
import type { Policy } from "../journeys/types";
import type { ObservedEvent } from "../telemetry/event";
import { observed } from "../testing/events";
import { contributionOfLooseMessage } from "./contribution";
import { repliesIn } from "./count-inbound";

let ids = 0;
const event = (partial: Partial<ObservedEvent>) =>
  observed({ id: `e${ids++}`, type: "ping", messageId: "p1", connectionId: "c1", ...partial });
const routed = (partial: Partial<ObservedEvent> = {}) =>
  event({ stage: "routed", router: "A", connectionId: null, ...partial });
const failed = { outcome: "error", errorCode: "handler_not_found" } as const;

function counted(
  events: ObservedEvent[],
  replies: ObservedEvent[] = [],
  policy: Policy = DEFAULT_POLICY,
): Record<string, number> {
  const { metrics } = contributionOfLooseMessage(events, repliesIn([...events, ...replies]), policy);
  const found = Object.entries(metrics).flatMap(([name, n]) => {
    const [kind, , ...rest] = JSON.parse(name.slice(name.indexOf("["))) as unknown[];
    return kind === "inbound" ? [[rest.join(" ").trim(), n] as const] : [];
  });
  return Object.fromEntries(found);
}

describe("an inbound message that is no request", () => {
  test("is received and routed", () => {
    expect(counted([event({}), routed()])).toEqual({ "ping A received": 1, "ping A routed": 1 });
  });

  test("is received and nothing more where no router takes it", () => {
    expect(counted([event({})])).toEqual({ "ping  received": 1 });
  });

  test("fails with the last code where every router failed, and is routed as soon as one does not", () => {
    expect(counted([event({}), routed(failed)])).toEqual({
      "ping A received": 1,
      "ping A failed handler_not_found": 1,
    });
    expect(counted([event({}), routed(failed), routed({ router: "B", timeMs: 1 })])).toEqual({
      "ping B received": 1,
      "ping B routed": 1,
    });
    expect(counted([event({ outcome: "error", errorCode: "malformed" })])).toEqual({
      "ping  received": 1,
      "ping  failed malformed": 1,
    });
  });

  test("was routed if something answers it on its connection", () => {
    const reply = (partial: Partial<ObservedEvent>) =>
      event({ stage: "sent", type: "pong", messageId: "x", inReplyTo: "p1", ...partial });
    expect(counted([event({})], [reply({})])).toEqual({ "ping  received": 1, "ping  routed": 1 });
    expect(counted([event({})], [reply({ connectionId: "c2" })])).toEqual({ "ping  received": 1 });
    expect(counted([event({}), event({ stage: "sent", type: "pong" })])).toMatchObject({ "ping  routed": 1 });
  });

  test("is unseen where its service does not report routing", () => {
    const policy: Policy = { ...DEFAULT_POLICY, observedStages: { gateway: ["received"] } };
    expect(counted([event({ service: "gateway" })], [], policy)).toEqual({ "ping  received": 1, "ping  unseen": 1 });
  });

  test("counts once when it is resent, and once for each user who numbers messages alike", () => {
    expect(counted([event({}), event({ timeMs: 5 })])).toEqual({ "ping  received": 1 });
    const both = [event({ userId: "a" }), event({ connectionId: "c2", userId: "b" }), routed({ userId: "b" })];
    expect(counted(both)).toEqual({ "ping  received": 1, "ping A received": 1, "ping A routed": 1 });
  });

  test("without an id is counted beside what is routed without an id", () => {
    expect(counted([event({ messageId: null })])).toEqual({ "ping  received": 1 });
    expect(counted([routed({ messageId: null })])).toEqual({ "ping A routed": 1 });
    expect(counted([routed({ messageId: null, ...failed })])).toEqual({ "ping A failed handler_not_found": 1 });
  });

  test("is neither a request nor an agent's message", () => {
    expect(counted([event({ type: "user_message" }), routed({ type: "user_message" })])).toEqual({});
    expect(counted([routed({ type: "agent_started", messageId: null })])).toEqual({});
  });
});

test("any order of the events gives the same counts", () => {
  const some = fc.record({
    stage: fc.constantFrom("received", "routed", "sent", "dropped", "emitted" as const),
    type: fc.constantFrom("ping", "typing", "agent_started"),
    router: fc.constantFrom("A", "B", null),
    handler: fc.constantFrom("h", "g", null),
    connectionId: fc.constantFrom("c1", "c2", null),
    userId: fc.constantFrom("u1", "u2", null),
    messageId: fc.constantFrom("1", null),
    outcome: fc.constantFrom("ok", "error" as const),
    errorCode: fc.constantFrom("timeout", "malformed", null),
    timeMs: fc.integer({ min: 0, max: 200_000 }),
  });
  fc.assert(
    fc.property(fc.array(some, { minLength: 1, maxLength: 12 }), fc.infiniteStream(fc.nat()), (partials, keys) => {
      const events = partials.map((partial, i) => observed({ id: `e${i}`, ...partial }));
      const other = events.map((one) => ({ one, key: keys.next().value })).sort((a, b) => a.key - b.key);
      const countOf = (list: ObservedEvent[]) => contributionOfLooseMessage(list, repliesIn(list), DEFAULT_POLICY);
      expect(countOf(other.map(({ one }) => one))).toEqual(countOf(events));
    }),
  );
});
