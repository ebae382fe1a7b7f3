import type { JourneyRow } from "@/contracts/http";

/** A succeeded journey of alice; `change` what the test is about. */
export function journeyRow(key: string, change: Partial<JourneyRow> = {}): JourneyRow {
  return {
    id: key,
    key,
    environment: "default",
    status: "succeeded",
    owner: "alice",
    startedAt: "2026-01-31T12:00:00.000Z",
    endedAt: null,
    durationMs: 800,
    brokenAt: null,
    brokenBy: null,
    findings: [],
    routers: ["MessageRouter"],
    versions: ["1.0.0"],
    eventCount: 9,
    ...change,
  };
}
