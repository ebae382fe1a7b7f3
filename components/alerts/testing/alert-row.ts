import type { AlertRow } from "@/contracts/http";

/** A critical incident that fires. */
export function alertRow(partial: Partial<AlertRow> = {}): AlertRow {
  return {
    ...{ id: "a1", environment: "prod", rule: "open_incident", severity: "critical", phase: "firing" },
    labels: { alertname: "OpenIncident", environment: "prod", rule: "open_incident", severity: "critical" },
    ...{ summary: "Wrong recipient", path: "/incidents/i1?environment=prod", value: 1, threshold: null },
    ...{ pendingSince: "2026-11-21T10:00:00.000Z", firingSince: "2026-11-21T10:00:00.000Z" },
    ...{ clearSince: null, resolvedAt: null, silencedBy: null, takenOn: false, toldAt: null },
    ...partial,
  };
}
