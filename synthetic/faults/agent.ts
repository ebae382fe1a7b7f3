/** What goes wrong while agents and tools work. */
import type { Script } from "../script";
import { arrive, ask, complete, runTool, start, think, toolCall, untilAnswer, work } from "../steps";
import { AS_IT_SHOULD_BE, degraded, type Expectation, failed } from "../types";

export const AGENT_FAULTS = {
  stalled(script: Script): Expectation {
    untilAnswer(script);
    return failed("agent_completed", "stalled");
  },

  stalledInTool(script: Script): Expectation {
    untilAnswer(script);
    script.deliver("tool_executing", toolCall(script, 9));
    return failed("tool_completed", "stalled");
  },

  onlyHelperCompletes(script: Script): Expectation {
    arrive(script);
    ask(script);
    start(script);
    start(script, { agentName: "triage" });
    think(script, { agentName: "triage" });
    complete(script, { agentName: "triage" });
    return failed("agent_completed", "stalled");
  },

  neverStarted(script: Script): Expectation {
    arrive(script);
    ask(script);
    think(script);
    complete(script);
    return failed("agent_started", "missing_event");
  },

  completedWithError(script: Script): Expectation {
    untilAnswer(script);
    complete(script, { outcome: "error", errorCode: "llm" });
    return failed("agent_completed", "handler_failed");
  },

  startedAfterRetry(script: Script): Expectation {
    if (script.style.outboundIds === "none") script.style.outboundIds = "per_run";
    script.style.runOnDeliveries = true;
    arrive(script);
    ask(script);
    script.emit("agent_started", { outcome: "error", errorCode: "handler_exception" });
    script.wait(300);
    start(script, { attempt: 2 });
    think(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },

  toolUnfinished(script: Script): Expectation {
    untilAnswer(script);
    script.deliver("tool_executing", toolCall(script, 9));
    complete(script);
    return failed("tool_completed", "tool_unfinished");
  },

  toolFailed(script: Script): Expectation {
    arrive(script);
    ask(script);
    start(script);
    const call = toolCall(script, 0);
    script.deliver("tool_executing", call);
    script.deliver("tool_completed", { ...call, outcome: "error", errorCode: "timeout" });
    complete(script);
    return degraded("tool_failed");
  },

  afterTheEnd(script: Script): Expectation {
    untilAnswer(script);
    complete(script);
    script.wait(500);
    think(script);
    return degraded("event_after_end");
  },

  noProgress(script: Script): Expectation {
    arrive(script);
    ask(script);
    start(script);
    complete(script);
    return { ...AS_IT_SHOULD_BE, findings: ["no_progress"] };
  },

  slow(script: Script): Expectation {
    arrive(script);
    ask(script);
    start(script);
    script.wait(8_000);
    work(script);
    script.wait(12_000);
    runTool(script, 7);
    complete(script);
    return degraded("slow_response");
  },

  /** Two routers each start a run for one message. */
  twoRuns(script: Script): Expectation {
    if (script.style.inboundIds === "none") return AGENT_FAULTS.stalled(script);
    // The second run names its request by number; where users share numbers, something must say whose it is.
    script.style.threads = true;
    const first = script.runId();
    const second = `${script.setting.prefix}run-b`;
    arrive(script);
    ask(script);
    start(script);
    script.startRun(second);
    start(script);
    think(script);
    complete(script);
    script.startRun(first);
    think(script);
    complete(script);
    return failed("agent_started", "duplicate_run");
  },
} satisfies Record<string, (script: Script) => Expectation>;
