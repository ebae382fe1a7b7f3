/** Telemetry of one user who asks several times over one connection: one journey each. */

export interface Turn {
  runId: string;
  /** The run ends in an error of this handler. */
  failsIn?: string;
  router?: string;
  handler?: string;
  /** Agent events between its start and its end. */
  thoughts?: number;
}

interface Conversation {
  user: string;
  environment: string;
  /** The first request; each turn begins a second after the one before. */
  startMs: number;
  turns: Turn[];
}

const TURN_MS = 1_000;

/** The events, by time. Ids are unique by run. */
export function conversation({ user, environment, startMs, turns }: Conversation) {
  const connectionId = `${user}-c`;
  const at = (ms: number) => new Date(startMs + ms).toISOString();
  const about = { environment, userId: user, service: "chat", instance: "chat-1", version: "1.0.0" };
  return [
    { ...about, id: `${user}-open`, time: at(-2_000), stage: "connection_opened", connectionId },
    { ...about, id: `${user}-auth`, time: at(-1_900), stage: "connection_authenticated", connectionId },
    ...turns.flatMap((turn, index) => ofTurn(turn, { ...about, connectionId }, (ms) => at(index * TURN_MS + ms))),
  ];
}

function ofTurn(turn: Turn, about: Record<string, string | undefined>, at: (ms: number) => string) {
  const { runId, failsIn, router = "MessageRouter", handler = "chat.handle", thoughts = 0 } = turn;
  const { connectionId, ...common } = about;
  const event = (name: string, ms: number, rest: object) => ({
    ...common,
    id: `${runId}-${name}`,
    time: at(ms),
    runId,
    ...rest,
  });
  const message = (name: string, ms: number, type: string, rest: object = {}) => [
    event(`${name}-emitted`, ms, {
      stage: "emitted",
      type,
      agentName: "supervisor",
      messageId: `${runId}-${name}`,
      ...rest,
    }),
    event(`${name}-sent`, ms + 2, {
      stage: "sent",
      type,
      messageId: `${runId}-${name}`,
      router: "EventRouter",
      connectionId,
    }),
  ];
  const request = { type: "user_message", messageId: `${runId}-m` };
  const failure = failsIn === undefined ? {} : { outcome: "error", errorCode: "handler_exception", handler: failsIn };
  return [
    event("received", 0, {
      stage: "received",
      ...request,
      connectionId,
      payload: { text: "How are you today?", kind: "text" },
      locale: "en",
    }),
    event("routed", 10, { stage: "routed", ...request, router, handler }),
    ...message("started", 50, "agent_started"),
    ...Array.from({ length: thoughts }, (_, n) =>
      event(`thought-${n}`, 100 + Math.floor((n * 500) / thoughts), {
        stage: "emitted",
        type: "agent_progress",
        agentName: "supervisor",
        seq: n,
      }),
    ),
    ...message("thinking", 620, "agent_thinking"),
    ...message("completed", 700, "agent_completed", failure),
  ];
}
