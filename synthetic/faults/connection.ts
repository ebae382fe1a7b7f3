/** Users who leave, lose their line, come back or stop the agent. */
import type { Script } from "../script";
import { arrive, ask, complete, start, think, untilAnswer } from "../steps";
import { AS_IT_SHOULD_BE, degraded, type Expectation, failed } from "../types";

const ABANDONED: Expectation = { status: "abandoned", findings: [], brokenStep: null, leakedTo: [] };
const CANCELLED: Expectation = { status: "cancelled", findings: [], brokenStep: null, leakedTo: [] };

function closeAll(script: Script, code?: number): void {
  for (const connection of [...script.openConnections]) script.close(connection, code);
  script.wait(50);
}

export const CONNECTION_FAULTS = {
  lineLost(script: Script): Expectation {
    untilAnswer(script);
    closeAll(script, script.prng.pick([1006, 1011, undefined]));
    script.wait(300);
    script.emit("agent_completed");
    return failed("agent_completed", "connection_lost");
  },

  lineLostWhileNothingIsUnderWay(script: Script): Expectation {
    untilAnswer(script);
    closeAll(script, 1006);
    return failed("agent_completed", "connection_lost", "stalled");
  },

  left(script: Script): Expectation {
    untilAnswer(script);
    closeAll(script, script.prng.pick([1000, 1001]));
    return ABANDONED;
  },

  leftAndTheAnswerIsDropped(script: Script): Expectation {
    untilAnswer(script);
    closeAll(script, 1001);
    script.wait(300);
    const answer = script.emit("agent_completed");
    script.write({ stage: "dropped", ...answer, errorCode: "no_connection" });
    return ABANDONED;
  },

  leftAfterTheFailure(script: Script): Expectation {
    arrive(script);
    ask(script);
    script.wait(8_000);
    closeAll(script, 1001);
    return failed("agent_started", "agent_not_started");
  },

  oneTabOfTwoCloses(script: Script): Expectation {
    script.style.tabs = 2;
    untilAnswer(script);
    const [, second] = script.openConnections;
    if (second) script.close(second, script.prng.pick([1001, 1006]));
    complete(script);
    return AS_IT_SHOULD_BE;
  },

  backInTime(script: Script): Expectation {
    arrive(script);
    ask(script);
    start(script);
    closeAll(script, script.prng.pick([1001, 1006]));
    script.wait(script.prng.int(200, 3_000));
    script.open();
    think(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },

  backOnTheSameConnectionId(script: Script): Expectation {
    script.style.tabs = 1;
    arrive(script);
    ask(script);
    start(script);
    const [first] = script.openConnections;
    if (first) {
      script.close(first, 1006);
      script.wait(1_500);
      script.open({ id: first.id });
    }
    think(script);
    complete(script);
    return AS_IT_SHOULD_BE;
  },

  deliveredAfterTheReturn(script: Script): Expectation {
    arrive(script);
    ask(script);
    start(script);
    think(script);
    closeAll(script, 1006);
    const answer = script.emit("agent_completed");
    script.wait(12_000);
    script.open();
    script.sendToAll(answer);
    return degraded("slow_response");
  },

  lostAfterTheReturn(script: Script): Expectation {
    arrive(script);
    ask(script);
    start(script);
    think(script);
    closeAll(script, script.prng.pick([1001, 1006]));
    script.emit("agent_completed");
    script.wait(12_000);
    script.open();
    return failed("agent_completed", "event_lost");
  },

  /** The old connection's id goes to another user, whose deliveries are their own. */
  connectionIdPassedOn(script: Script): Expectation {
    script.style.tabs = 1;
    untilAnswer(script);
    complete(script);
    const [first] = script.openConnections;
    if (first) {
      script.wait(200);
      script.close(first, 1000);
      script.wait(500);
      const next = script.open({ id: first.id, as: `${script.setting.prefix}next-user` });
      script.wait(500);
      script.close(next, 1000);
    }
    return AS_IT_SHOULD_BE;
  },

  stopped(script: Script): Expectation {
    script.style.threads = true;
    untilAnswer(script);
    const [first] = script.openConnections;
    if (first) {
      script.write({
        stage: "received",
        type: "stop_agent",
        userId: script.user,
        threadId: script.threadId,
        ...(script.prng.chance(0.5) ? { runId: script.runId() } : {}),
        ...script.on(first),
      });
    }
    return CANCELLED;
  },

  cancelledByTheAgent(script: Script): Expectation {
    untilAnswer(script);
    script.deliver("agent_cancelled");
    return CANCELLED;
  },

  stoppedAfterTheAnswer(script: Script): Expectation {
    script.style.threads = true;
    untilAnswer(script);
    complete(script);
    script.wait(400);
    const [first] = script.openConnections;
    const stop = { stage: "received", type: "stop_agent", userId: script.user, threadId: script.threadId } as const;
    if (first) script.write({ ...stop, ...script.on(first) });
    return AS_IT_SHOULD_BE;
  },
} satisfies Record<string, (script: Script) => Expectation>;
