import type { TelemetryEvent } from "@/domain/telemetry/event";

let made = 0;

/** An event with every field absent but those that are required; each has an id of its own. */
export function buildEvent(fields: Partial<TelemetryEvent> = {}): TelemetryEvent {
  const timeMs = fields.timeMs ?? Date.UTC(2026, 10, 21, 10);
  return {
    environment: "default",
    id: `event-${++made}`,
    timeMs,
    receivedAtMs: timeMs,
    clockOffsetMs: 0,
    stage: "emitted",
    type: "agent_started",
    originalType: null,
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
    errorMessage: null,
    durationMs: null,
    payloadBytes: null,
    payloadHash: null,
    payloadHashKind: null,
    scope: "user",
    service: null,
    instance: null,
    version: null,
    sourceId: null,
    routingIds: [],
    attributes: {},
    payload: null,
    ...fields,
  };
}
