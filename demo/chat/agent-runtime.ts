/** Runs agents: follows the plan of each request, reports what it emits, and hands every event to the routing layer. */
import type { EmitterEvent } from "@/emitter/event";
import type { Pace } from "../pace";
import { type AgentEvent, aboutEvent, type RunRequest } from "../routers/ports";
import { planRun, type RunStep } from "./plan-run";

export interface AgentRuntimeDependencies {
  seed: string;
  /** Makes run ids unique among all starts of the demo. */
  idPrefix: string;
  pace: Pace;
  report(event: EmitterEvent): void;
  deliver(event: AgentEvent): void;
  ended(runId: string, threadId: string): void;
}

export interface AgentRuntime {
  startRun(request: RunRequest): string;
  stopRuns(userId: string, threadId: string): void;
}

interface Run {
  runId: string;
  request: RunRequest;
  seq: number;
  stopped: boolean;
}

export function createAgentRuntime(dependencies: AgentRuntimeDependencies): AgentRuntime {
  const { seed, idPrefix, pace, report, deliver, ended } = dependencies;
  const runs = new Map<string, Run>();
  let started = 0;

  function emit(run: Run, step: Omit<RunStep, "afterMs" | "type"> & { type: string }) {
    run.seq += 1;
    const { runId, request } = run;
    const { toolCall, ...said } = step;
    const event: AgentEvent = {
      ...said,
      messageId: `${runId}-e${run.seq}`,
      runId,
      threadId: request.threadId,
      userId: request.userId,
      inReplyTo: request.inReplyTo,
      seq: run.seq,
      ...(toolCall === undefined ? {} : { toolCallId: `${runId}-t${toolCall}` }),
    };
    report({
      stage: "emitted",
      ...aboutEvent(event),
      inReplyTo: event.inReplyTo,
      payload: { text: event.text },
      ...(event.outcome === "error" ? { outcome: "error", errorCode: "timeout" } : {}),
    });
    deliver(event);
  }

  async function follow(run: Run) {
    const { request } = run;
    for (const { afterMs, ...step } of planRun(seed, request.inReplyTo, request.text)) {
      if (afterMs > 0) await pace.wait(afterMs);
      if (run.stopped) return;
      if (request.goOn?.() === false) return finish(run);
      emit(run, step);
    }
    report({ stage: "persisted", runId: run.runId, threadId: request.threadId, userId: request.userId });
    finish(run);
  }

  function finish(run: Run) {
    runs.delete(run.runId);
    ended(run.runId, run.request.threadId);
  }

  return {
    startRun(request) {
      started += 1;
      const run: Run = { runId: `run-${idPrefix}-${started}`, request, seq: 0, stopped: false };
      runs.set(run.runId, run);
      void follow(run);
      return run.runId;
    },
    stopRuns(userId, threadId) {
      for (const run of [...runs.values()]) {
        if (run.request.userId !== userId || run.request.threadId !== threadId) continue;
        run.stopped = true;
        emit(run, { type: "agent_cancelled", agentName: "supervisor", text: "Stopped" });
        finish(run);
      }
    },
  };
}
