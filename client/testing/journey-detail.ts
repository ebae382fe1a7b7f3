import type { JourneyDetail, TelemetryEventView } from "@/contracts/http";

export const START_MS = Date.parse("2026-01-31T12:00:00.000Z");

export function at(ms: number): string {
  return new Date(START_MS + ms).toISOString();
}

/** An event of alice's run on chat-1; `change` what the test is about. */
export function eventView(id: string, atMs: number, change: Partial<TelemetryEventView>): TelemetryEventView {
  return {
    id,
    time: at(atMs),
    receivedAt: at(atMs + 20),
    stage: "emitted",
    environment: "default",
    outcome: "ok",
    scope: "user",
    service: "chat",
    instance: "chat-1",
    ...change,
  };
}

/** A succeeded journey of alice with these events. */
export function journeyDetail(events: TelemetryEventView[], change: Partial<JourneyDetail> = {}): JourneyDetail {
  return {
    id: "run-1",
    key: "r:run-1",
    status: "succeeded",
    owner: "alice",
    claimedOwner: null,
    environment: "default",
    startedAt: at(0),
    endedAt: null,
    durationMs: 800,
    policyVersion: 1,
    brokenAt: null,
    brokenBy: null,
    steps: [],
    findings: [],
    notes: [],
    routers: [],
    versions: [],
    instances: [],
    traits: null,
    deliveries: [],
    linked: [],
    incidentIds: [],
    revision: 1,
    judgedAt: at(1_000),
    oversized: false,
    frozen: false,
    events: { total: events.length, nextCursor: null, items: events },
    omitted: {
      findings: 0,
      deliveries: 0,
      notes: 0,
      connections: 0,
      routers: 0,
      versions: 0,
      instances: 0,
      linked: 0,
      incidents: 0,
    },
    connections: [],
    ...change,
  };
}
