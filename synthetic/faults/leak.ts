/** Messages that reach somebody else, and messages that may. */
import type { Script } from "../script";
import { arrive, complete, untilAnswer } from "../steps";
import { AS_IT_SHOULD_BE, type Expectation, failed } from "../types";

const leaked = (script: Script, ...users: string[]): Expectation => ({
  ...failed("agent_completed", "wrong_recipient"),
  leakedTo: users.filter((user) => user !== script.user).sort(),
});

export const LEAKS = {
  copyToAnotherUser(script: Script): Expectation {
    const other = script.prng.pick(script.bystanders);
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    script.sendToAll(answer);
    script.send(answer, other.connection, { router: "WebSocketEventRouter" });
    return leaked(script, other.user);
  },

  onlyToAnotherUser(script: Script): Expectation {
    const other = script.prng.pick(script.bystanders);
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    script.send(answer, other.connection, { router: "WebSocketEventRouter" });
    const expected = leaked(script, other.user);
    return { ...expected, findings: [...expected.findings, "event_lost"] };
  },

  broadcastToEverybody(script: Script): Expectation {
    untilAnswer(script);
    const answer = script.emit("agent_completed", { scope: script.prng.pick(["user", "broadcast"]) });
    script.sendToAll(answer);
    for (const other of script.bystanders) {
      script.send(answer, other.connection, { router: "BroadcastService", scope: "broadcast" });
    }
    return leaked(script, ...script.bystanders.map(({ user }) => user));
  },

  /** The foreign connection tells its user only after it got the message. */
  lateBinding(script: Script): Expectation {
    const other = `${script.setting.prefix}late-user`;
    const connection = { id: `${script.setting.prefix}late`, instance: script.setting.instance };
    untilAnswer(script);
    script.write({ stage: "connection_opened", ...script.on(connection) });
    const answer = script.emit("agent_completed");
    script.sendToAll(answer);
    script.send(answer, connection);
    script.wait(300);
    script.write({ stage: "connection_authenticated", userId: other, ...script.on(connection) });
    return leaked(script, other);
  },

  /** The server writes to the id of a connection that is another user's by now. */
  reusedConnectionId(script: Script): Expectation {
    const other = `${script.setting.prefix}heir`;
    script.style.tabs = 2;
    untilAnswer(script);
    const [, second] = script.openConnections;
    if (!second) return AS_IT_SHOULD_BE;
    script.close(second, 1006);
    script.wait(1_500);
    const heir = script.open({ id: second.id, as: other });
    script.wait(1_500);
    const answer = script.emit("agent_completed");
    script.sendToAll(answer);
    script.send(answer, heir);
    return leaked(script, other);
  },

  /** A thread that another user takes part in, by asking in it. */
  sharedThread(script: Script): Expectation {
    script.style.threads = true;
    const other = script.prng.pick(script.bystanders);
    untilAnswer(script);
    const typing = { type: "typing", threadId: script.threadId, userId: other.user };
    script.write({ stage: "received", ...typing, ...script.on(other.connection) });
    const answer = script.emit("agent_completed", { scope: "thread" });
    script.sendToAll(answer);
    script.send(answer, other.connection);
    return AS_IT_SHOULD_BE;
  },

  strangerInTheThread(script: Script): Expectation {
    script.style.threads = true;
    const other = script.prng.pick(script.bystanders);
    untilAnswer(script);
    const answer = script.emit("agent_completed", { scope: "thread" });
    script.sendToAll(answer);
    script.send(answer, other.connection, { scope: "thread" });
    return leaked(script, other.user);
  },

  failedSendToAnotherUser(script: Script): Expectation {
    const other = script.prng.pick(script.bystanders);
    untilAnswer(script);
    const answer = script.emit("agent_completed");
    script.sendToAll(answer);
    script.send(answer, other.connection, { outcome: "error", errorCode: "EPIPE" });
    return AS_IT_SHOULD_BE;
  },

  announcementBeside(script: Script): Expectation {
    arrive(script);
    const notice = { type: "system_message", messageId: `${script.setting.prefix}notice`, scope: "broadcast" } as const;
    for (const { connection } of script.bystanders)
      script.write({ stage: "sent", ...notice, ...script.on(connection) });
    for (const connection of script.openConnections) {
      script.write({ stage: "sent", ...notice, ...script.on(connection) });
    }
    script.route(script.receive());
    script.deliver("agent_started");
    script.deliver("agent_thinking");
    complete(script);
    return AS_IT_SHOULD_BE;
  },
} satisfies Record<string, (script: Script) => Expectation>;
