/** Deterministic healthy traffic: one user, one connection, runs of 18 events with a tool and acknowledgements. */

export interface TrafficEvent {
  id: string;
  time: string;
  stage: string;
  environment: string;
  [field: string]: unknown;
}

export const EVENTS_PER_JOURNEY = 18;

const AGENT_EVENTS = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"];

/** The connections of `users` users, opened and authenticated at `atMs`. */
export function connections(environment: string, users: number, atMs: number): TrafficEvent[] {
  const time = new Date(atMs).toISOString();
  return Array.from({ length: users }, (_, user) => user).flatMap((user) => [
    { id: `open-${user}`, time, environment, stage: "connection_opened", connectionId: `c${user}`, service: "chat" },
    {
      id: `auth-${user}`,
      time,
      environment,
      stage: "connection_authenticated",
      connectionId: `c${user}`,
      userId: `user-${user}`,
      service: "chat",
    },
  ]);
}

/** Journey `n` of user `n % users`, starting at `startMs`; its last event lies 130 ms later. */
export function journey(environment: string, n: number, users: number, startMs: number): TrafficEvent[] {
  const user = n % users;
  const base = {
    environment,
    userId: `user-${user}`,
    threadId: `thread-${user}`,
    runId: `run-${n}`,
    service: "chat",
    version: "1.0.0",
  };
  let offsetMs = 0;
  const at = (stage: string, fields: Record<string, unknown>): TrafficEvent => {
    offsetMs += 7;
    const time = new Date(startMs + offsetMs).toISOString();
    return { id: `${n}-${offsetMs}`, time, stage, ...base, ...fields };
  };
  const connectionId = `c${user}`;
  const request = { type: "user_message", messageId: `m-${n}` };
  const events = [
    at("received", { ...request, connectionId }),
    at("routed", { ...request, router: "MessageRouter", handler: "AgentHandler", durationMs: 3 }),
  ];
  AGENT_EVENTS.forEach((type, index) => {
    const tool = type.startsWith("tool_") ? { toolName: "search", toolCallId: `t-${n}` } : {};
    const message = { type, agentName: "supervisor", messageId: `m-${n}-${index}`, seq: index + 1, ...tool };
    events.push(
      at("emitted", { ...message, inReplyTo: request.messageId }),
      at("sent", { ...message, router: "MessageRouter", connectionId }),
      at("acked", { ...message, connectionId }),
    );
  });
  events.push(at("persisted", { type: "agent_completed" }));
  return events;
}

export function chunk<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
