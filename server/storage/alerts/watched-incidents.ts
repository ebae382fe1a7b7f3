import type { IncidentStatus } from "@/domain/incidents/incident-state";
import type { Connection } from "./alerts";

export interface WatchedIncidentRow {
  id: string;
  rule: string;
  severity: "critical" | "high";
  router: string;
  status: IncidentStatus;
  mutedUntilMs: number | null;
  regressedAtMs: number | null;
  occurrences: number;
}

/** Alerts of one rule: more are not raised at once. */
export const MAX_WATCHED_INCIDENTS = 500;

/**
 * Critical and high incidents that wait for somebody and are not muted by incident_open_idx, the critical before the high
 * ones and the newest first, and by incident_pkey those that an alert stands for.
 */
export const WATCHED_INCIDENTS = `
SELECT id, rule, severity, router, status, date_part('epoch', muted_until) * 1000 AS "mutedUntilMs",
  date_part('epoch', regressed_at) * 1000 AS "regressedAtMs", occurrences FROM (
  (SELECT * FROM incident WHERE environment = $1 AND status IN ('open', 'regressed') AND severity IN ('critical', 'high')
    AND (muted_until IS NULL OR muted_until <= to_timestamp($3::float8 / 1000))
    ORDER BY severity, greatest(first_seen_at, regressed_at) DESC, id LIMIT ${MAX_WATCHED_INCIDENTS})
  UNION (SELECT * FROM incident WHERE id = ANY ($2::text[]) AND severity IN ('critical', 'high'))) watched
  ORDER BY severity, greatest(first_seen_at, regressed_at) DESC, id`;

export async function watchedIncidents(
  tx: Connection,
  environment: string,
  standing: readonly string[],
  nowMs: number,
): Promise<WatchedIncidentRow[]> {
  return (await tx.query<WatchedIncidentRow>(WATCHED_INCIDENTS, [environment, standing, nowMs])).rows;
}
