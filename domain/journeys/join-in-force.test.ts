import { describe, expect, it } from "vitest";
import { observed } from "../testing/events";
import { joinInForce } from "./join-in-force";
import { DEFAULT_POLICY } from "./policy";
import { always, succeededBy } from "./policy-timeline";
import type { JudgeContext, Policy } from "./types";

const context: JudgeContext = {
  intervals: [],
  knownUsers: new Set(),
  stops: [],
  threadParticipants: new Map(),
  outages: [],
};
const CHANGE_MS = 1_000;

const policy = (version: number, requestTypes: string[]): Policy => ({ ...DEFAULT_POLICY, version, requestTypes });
const changed = (before: string[], after: string[]) =>
  succeededBy(always(policy(1, before)), { policy: policy(2, after), fromMs: CHANGE_MS });
const received = (timeMs: number, type: string, messageId: string) => observed({ timeMs, type, messageId });
const routed = (timeMs: number, type: string, messageId: string) =>
  observed({ stage: "routed", timeMs, type, messageId, router: "r" });

function join(events: ReturnType<typeof observed>[], before: string[], after: string[]) {
  const { groups, loose } = joinInForce(events, context, changed(before, after));
  return {
    journeys: groups.map(({ group, policy }) => ({
      id: group.id,
      version: policy.version,
      events: group.events.length,
    })),
    loose: loose.map(({ message, policy }) => ({
      events: message.map(({ id }) => id).length,
      version: policy.version,
    })),
  };
}

describe("journeys while the policy changes", () => {
  it("one that began before the change keeps its version and everything that came after", () => {
    const events = [received(900, "chat", "m1"), routed(1_100, "chat", "m1"), received(1_200, "chat", "m2")];
    expect(join(events, ["chat"], ["chat"]).journeys).toEqual([
      { id: "m1", version: 1, events: 2 },
      { id: "m2", version: 2, events: 1 },
    ]);
  });

  it("what is a request no longer still closes the journey that it opened before", () => {
    const events = [received(900, "ask", "m1"), routed(1_100, "ask", "m1"), received(1_200, "ask", "m2")];
    expect(join(events, ["ask", "chat"], ["chat"])).toEqual({
      journeys: [{ id: "m1", version: 1, events: 2 }],
      loose: [{ events: 1, version: 2 }],
    });
  });

  it("what was no request does not become one afterwards", () => {
    const events = [received(900, "ask", "m1"), received(1_200, "ask", "m2")];
    expect(join(events, ["chat"], ["ask", "chat"])).toEqual({
      journeys: [{ id: "m2", version: 2, events: 1 }],
      loose: [{ events: 1, version: 1 }],
    });
  });

  it("every event is in one journey or in one loose message", () => {
    const events = ["ask", "chat"].flatMap((type) =>
      [800, 950, 1_000, 1_050, 1_400].flatMap((ms) => [
        received(ms, type, `${type}${ms}`),
        routed(ms + 100, type, `${type}${ms}`),
        observed({
          id: `run ${type}${ms}`,
          stage: "emitted",
          timeMs: ms + 200,
          type: "agent_started",
          runId: `r${type}${ms}`,
        }),
      ]),
    );
    for (const [before, after] of [
      [["ask"], ["chat"]],
      [["chat"], ["chat", "ask"]],
    ] as const) {
      const { groups, loose } = joinInForce(events, context, changed([...before], [...after]));
      const ids = [...groups.flatMap(({ group }) => group.events), ...loose.flatMap(({ message }) => message)];
      expect(ids.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
    }
  });
});
