/** Builders with defaults: a test names only what it is about. */
import type { ConnectionEvent, ObservedEvent } from "../telemetry/event";

/** An ok `received` of a user message at time 0, with nothing else known, and `partial` over it. */
export function observed(partial: Partial<ObservedEvent> = {}): ObservedEvent {
  return {
    environment: "test",
    id: `${partial.stage ?? "received"}-${partial.connectionId ?? ""}-${partial.messageId ?? ""}-${partial.timeMs ?? 0}`,
    timeMs: 0,
    receivedAtMs: 0,
    clockOffsetMs: 0,
    stage: "received",
    type: "user_message",
    userId: null,
    connectionId: null,
    threadId: null,
    runId: null,
    messageId: null,
    inReplyTo: null,
    agentName: null,
    parentAgent: null,
    toolName: null,
    toolCallId: null,
    router: null,
    handler: null,
    seq: null,
    attempt: null,
    outcome: "ok",
    errorCode: null,
    durationMs: null,
    payloadBytes: null,
    payloadHash: null,
    payloadHashKind: null,
    routingIds: [],
    canaryUsers: [],
    scope: "user",
    service: null,
    instance: null,
    version: null,
    sourceId: null,
    ...partial,
  };
}

/** An ok `connection_opened` of connection `c1` at time 0, and `partial` over it. */
export function connectionEvent(partial: Partial<ConnectionEvent> = {}): ConnectionEvent {
  const connection = { stage: "connection_opened", type: null, connectionId: "c1", ...partial } as const;
  return { ...observed(connection), closeCode: null, snapshot: false, ...partial };
}
