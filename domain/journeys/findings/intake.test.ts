/** What becomes of a request that was given up on its way in, and of a run whose own agent failed. */
import { describe, expect, test } from "vitest";
import type { ObservedEvent } from "../../telemetry/event";
import { connectionEvent, observed } from "../../testing/events";
import { type AnyEvent, judgeAll } from "../../testing/judge-all";
import { DEFAULT_POLICY } from "../policy";

const NOW_MS = 900_000;
const CONNECTION: AnyEvent[] = [
  connectionEvent({ id: "o" }),
  connectionEvent({ id: "a", timeMs: 10, stage: "connection_authenticated", userId: "alice" }),
];
const REQUEST = { messageId: "m1", runId: "run" };

const received = observed({ id: "r", timeMs: 100, connectionId: "c1", ...REQUEST });
const routed = (timeMs: number) =>
  observed({ id: `routed-${timeMs}`, timeMs, stage: "routed", router: "Router", ...REQUEST });
const dropped = (partial: Partial<ObservedEvent> = {}) =>
  observed({
    id: "d",
    timeMs: 200,
    stage: "dropped",
    router: "Queue",
    errorCode: "queue_full",
    ...REQUEST,
    ...partial,
  });

/** Emitted, and sent to alice four milliseconds later. */
function told(type: string, timeMs: number, partial: Partial<ObservedEvent> = {}): AnyEvent[] {
  const message = { type, runId: "run", agentName: "supervisor", messageId: `${type}-${timeMs}`, ...partial };
  return [
    observed({ ...message, id: `e${timeMs}`, timeMs, stage: "emitted" }),
    observed({ ...message, id: `s${timeMs}`, timeMs: timeMs + 4, stage: "sent", connectionId: "c1", outcome: "ok" }),
  ];
}

function judge(events: readonly AnyEvent[], nowMs = NOW_MS) {
  const [verdict] = judgeAll([...CONNECTION, ...events], DEFAULT_POLICY, nowMs);
  const codes = verdict?.findings.map(({ code }) => code).sort();
  return { status: verdict?.status, codes, step: verdict?.brokenAt?.step, router: verdict?.brokenAt?.router };
}

describe("a request that was dropped", () => {
  test.each<[string, AnyEvent]>([
    ["by a queue", dropped()],
    ["without a message id", dropped({ messageId: null })],
    ["under another name of its type", dropped({ type: "chat_message" })],
  ])("%s before any router took it, is not routed", (_how, drop) => {
    const verdict = { status: "failed", codes: ["event_dropped", "not_routed"], step: "routed", router: "Queue" };
    expect(judge([received, drop])).toEqual(verdict);
    expect(judge([drop, received])).toEqual(verdict);
  });

  test("may still be routed as long as the router may wait", () => {
    expect(judge([received, dropped()], 5_099)).toMatchObject({ status: "running" });
    const late = [received, dropped(), routed(300), ...told("agent_started", 400), ...told("agent_completed", 500)];
    expect(judge(late)).toMatchObject({ status: "succeeded", codes: ["no_progress"] });
  });

  test("after a router took it, starts no agent", () => {
    expect(judge([received, routed(150), dropped()])).toMatchObject({
      status: "failed",
      codes: ["agent_not_started", "event_dropped"],
      step: "agent_started",
    });
  });
});

describe("a run that its own agent ended with an error", () => {
  const begun = [received, routed(150), ...told("agent_started", 200), ...told("agent_thinking", 300)];
  const failed = told("agent_completed", 400, { outcome: "error", errorCode: "llm" });

  test("failed, even if a helper completes after it", () => {
    const helper = { agentName: "helper", parentAgent: "supervisor" };
    expect(judge([...begun, ...failed, ...told("agent_completed", 500, helper)])).toMatchObject({
      status: "failed",
      codes: ["event_after_end", "handler_failed"],
      step: "agent_completed",
    });
  });

  test("is cured by the agent's own later success; a helper's error by any", () => {
    expect(judge([...begun, ...failed, ...told("agent_completed", 500)])).toMatchObject({ status: "succeeded" });
    const helper = { agentName: "helper", parentAgent: "supervisor", outcome: "error" as const };
    const healthy = [...begun, ...told("agent_completed", 400, helper), ...told("agent_completed", 500)];
    expect(judge(healthy)).toMatchObject({ status: "succeeded", codes: [] });
  });
});
