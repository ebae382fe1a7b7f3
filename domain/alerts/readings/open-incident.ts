/** An incident that waits for somebody fires at once; one that somebody took on goes on firing, untold. */
import { isMuted } from "../../incidents/apply-command";
import type { IncidentStatus } from "../../incidents/incident-state";
import type { Reading } from "../reading";
import { pagePath } from "./page-path";

export interface WatchedIncident {
  id: string;
  rule: string;
  severity: "critical" | "high";
  /** Empty where none is known. */
  router: string;
  status: IncidentStatus;
  mutedUntilMs: number | null;
  regressedAtMs: number | null;
  occurrences: number;
}

export function readIncident(incident: WatchedIncident, environment: string, nowMs: number): Reading {
  const { id, rule, severity, router, status, occurrences } = incident;
  const name = `${rule.charAt(0).toUpperCase()}${rule.slice(1).replaceAll("_", " ")}`;
  const times = occurrences === 1 ? "once" : `${occurrences} times`;
  return {
    labels: { incident: id, leak: rule, ...(router === "" ? {} : { router }) },
    severity,
    condition: conditionOf(incident, nowMs),
    ...{ value: occurrences, threshold: null, gap: null },
    quiet: status === "acknowledged",
    returnedAtMs: incident.regressedAtMs,
    summary: `${name}${router === "" ? "" : ` by ${router}`}, seen ${times}`,
    path: pagePath(`/incidents/${id}`, environment),
  };
}

function conditionOf(incident: WatchedIncident, nowMs: number): Reading["condition"] {
  if (isMuted(incident, nowMs)) return "clear";
  if (incident.status === "open" || incident.status === "regressed") return "breached";
  return incident.status === "acknowledged" ? "hold" : "clear";
}
