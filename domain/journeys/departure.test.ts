import { describe, expect, it } from "vitest";
import type { ObservedEvent } from "../telemetry/event";
import { connectionEvent, observed } from "../testing/events";
import { type AnyEvent, judgeAll } from "../testing/judge-all";
import { DEFAULT_POLICY } from "./policy";

const LONG_AFTER_MS = 3_600_000;

const connected = (connectionId: string, timeMs: number): AnyEvent[] => [
  connectionEvent({ id: `${connectionId}-open`, stage: "connection_opened", connectionId, timeMs }),
  connectionEvent({
    ...{ id: `${connectionId}-auth`, stage: "connection_authenticated", userId: "alice" },
    ...{ connectionId, timeMs: timeMs + 5 },
  }),
];

const closed = (connectionId: string, timeMs: number, closeCode: number): AnyEvent =>
  connectionEvent({ id: `${connectionId}-closed`, stage: "connection_closed", connectionId, timeMs, closeCode });

function asked(connectionId: string, timeMs: number): ObservedEvent[] {
  const request = { type: "user_message", messageId: `m-${timeMs}`, runId: "r1" };
  return [
    observed({ ...request, id: `in-${timeMs}`, stage: "received", connectionId, timeMs }),
    observed({ ...request, id: `to-${timeMs}`, stage: "routed", router: "R", timeMs: timeMs + 5, connectionId: null }),
  ];
}

/** All that one turn of the run owes, each message handed to the connection. */
function answered(connectionId: string, timeMs: number): ObservedEvent[] {
  return ["agent_started", "agent_thinking", "agent_completed"].flatMap((type, n) => {
    const message = { type, runId: "r1", agentName: "supervisor", messageId: `${type}-${timeMs}` };
    const atMs = timeMs + 100 * n;
    return [
      observed({ ...message, id: `${type}-${timeMs}-e`, stage: "emitted", connectionId: null, timeMs: atMs }),
      observed({ ...message, id: `${type}-${timeMs}-s`, stage: "sent", connectionId, timeMs: atMs + 5 }),
    ];
  });
}

function told(events: readonly AnyEvent[]) {
  const [verdict] = judgeAll(events, DEFAULT_POLICY, LONG_AFTER_MS);
  return { status: verdict?.status, findings: verdict?.findings.map(({ code }) => code) };
}

const FIRST_TURN = [...connected("c1", 0), ...asked("c1", 1_000), ...answered("c1", 1_100)];
const SECOND_TURN = [...connected("c2", 100_000), ...asked("c2", 101_000), ...answered("c2", 101_100)];

describe("a user who goes away", () => {
  it.each([1000, 1006])("between two answered turns of one run has left nothing behind (%i)", (code) => {
    expect(told([...FIRST_TURN, closed("c1", 2_000, code), ...SECOND_TURN])).toEqual({
      status: "succeeded",
      findings: [],
    });
  });

  it("while the second answer is owed has abandoned the run", () => {
    const asking = [...connected("c2", 100_000), ...asked("c2", 101_000), closed("c2", 101_500, 1000)];
    expect(told([...FIRST_TURN, closed("c1", 2_000, 1000), ...asking])).toEqual({ status: "abandoned", findings: [] });
  });

  it("while the first answer is owed has abandoned the run", () => {
    const gone = [...connected("c1", 0), ...asked("c1", 1_000), closed("c1", 2_000, 1000)];
    expect(told(gone)).toEqual({ status: "abandoned", findings: [] });
  });
});
