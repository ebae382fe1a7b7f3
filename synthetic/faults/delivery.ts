/** What goes wrong between an agent and its user's sockets. */
import type { Script } from "../script";
import { arrive, ask, complete, start, think, untilAnswer, work } from "../steps";
import { AS_IT_SHOULD_BE, degraded, type Expectation, failed } from "../types";

export const DELIVERY_FAULTS = {
  answerNeverSent(script: Script): Expectation {
    untilAnswer(script);
    script.emit("agent_completed");
    return failed("agent_completed", "event_lost");
  },

  startNeverSent(script: Script): Expectation {
    arrive(script);
    ask(script);
    script.emit("agent_started");
    script.wait(200);
    work(script);
    complete(script);
    return failed("agent_started", "event_lost");
  },

  answerSentWithErrorOnly(script: Script): Expectation {
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    for (const connection of script.openConnections) {
      script.send(answer, connection, { outcome: "error", errorCode: "EPIPE" });
    }
    return failed("agent_completed", "event_lost");
  },

  answerDropped(script: Script): Expectation {
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    script.write({ stage: "dropped", ...answer, errorCode: "queue_full", router: "WebSocketEventRouter" });
    return failed("agent_completed", "event_dropped");
  },

  droppedThenSent(script: Script): Expectation {
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    script.write({ stage: "dropped", ...answer, errorCode: "queue_full", router: "WebSocketEventRouter" });
    script.wait(700);
    script.sendToAll(answer);
    return AS_IT_SHOULD_BE;
  },

  typingDropped(script: Script): Expectation {
    untilAnswer(script);
    const typing = script.emit("typing");
    script.write({ stage: "dropped", ...typing, errorCode: "queue_full", router: "WebSocketEventRouter" });
    complete(script);
    return degraded("event_dropped");
  },

  answerNotAcked(script: Script): Expectation {
    if (script.style.outboundIds === "none") return DELIVERY_FAULTS.answerNeverSent(script);
    script.style.acks = true;
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    for (const connection of script.openConnections) script.send(answer, connection);
    return failed("agent_completed", "event_unacked");
  },

  ackedByOneTab(script: Script): Expectation {
    script.style.acks = true;
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    for (const connection of script.openConnections) script.send(answer, connection);
    const [first] = script.openConnections;
    if (first) script.ack(answer, first);
    return AS_IT_SHOULD_BE;
  },

  sentToNobody(script: Script): Expectation {
    untilAnswer(script);
    script.send(script.emit("agent_completed"), null);
    return failed("agent_completed", "phantom_delivery");
  },

  sentBesideAClosedTab(script: Script): Expectation {
    script.style.tabs = 2;
    untilAnswer(script);
    const [, second] = script.openConnections;
    if (second) script.close(second, 1006);
    script.wait(400);
    const answer = script.emit("agent_completed");
    script.sendToAll(answer);
    if (second) script.send(answer, second);
    return degraded("phantom_delivery");
  },

  answerOvertakesThought(script: Script): Expectation {
    untilAnswer(script);
    const thought = script.emit("agent_thinking");
    script.wait(50);
    const answer = script.emit("agent_completed");
    const [first] = script.openConnections;
    if (!first) return AS_IT_SHOULD_BE;
    script.send(answer, first);
    if (script.style.acks) script.ack(answer, first);
    script.wait(100);
    script.send(thought, first);
    if (script.style.acks) script.ack(thought, first);
    return degraded("out_of_order");
  },

  sentTwice(script: Script): Expectation {
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    script.sendToAll(answer);
    const [first] = script.openConnections;
    if (first) script.send(answer, first, { router: "WebSocketEventRouter" });
    return degraded("duplicate_delivery");
  },

  /** Nobody told about the connection: nothing about its deliveries can be judged. */
  unannouncedConnection(script: Script): Expectation {
    const connection = { id: `${script.setting.prefix}unannounced`, instance: script.setting.instance };
    ask(script);
    for (const type of ["agent_started", "agent_thinking", "agent_completed"]) {
      script.send(script.emit(type), connection);
      script.wait(200);
    }
    return AS_IT_SHOULD_BE;
  },

  /** The answer's delivery is reported and its emission is not. */
  answerOnlySent(script: Script): Expectation {
    script.style.runOnDeliveries = true;
    arrive(script);
    ask(script);
    start(script);
    think(script);
    const answer = {
      type: "agent_completed",
      runId: script.runId(),
      ...script.thread(),
      agentName: "supervisor",
      messageId: `${script.setting.prefix}only-sent`,
    };
    script.sendToAll(answer);
    return AS_IT_SHOULD_BE;
  },
} satisfies Record<string, (script: Script) => Expectation>;
