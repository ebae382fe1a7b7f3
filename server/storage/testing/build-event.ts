import type { TelemetryEvent } from "@/domain/telemetry/event";
import { observed } from "@/domain/testing/events";

let made = 0;

/** An event with every field absent but those that are required; each has an id of its own. */
export function buildEvent(fields: Partial<TelemetryEvent> = {}): TelemetryEvent {
  const timeMs = fields.timeMs ?? Date.UTC(2026, 10, 21, 10);
  const base = observed({ environment: "default", id: `event-${++made}`, stage: "emitted", type: "agent_started" });
  return {
    ...base,
    timeMs,
    receivedAtMs: timeMs,
    originalType: null,
    errorMessage: null,
    routingIds: [],
    canaryUsers: [],
    attributes: {},
    payload: null,
    ...fields,
  };
}
