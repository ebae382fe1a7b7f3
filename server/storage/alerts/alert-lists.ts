import { ALERT_COLUMNS, type AlertRow, type Connection, type StoredAlert, storedAlert } from "./alerts";

/** Each environment's by alert_resolved_idx, from the newest on. */
export const RESOLVED_ALERTS = `SELECT a.* FROM unnest($1::text[]) AS e(name) CROSS JOIN LATERAL (
  SELECT ${ALERT_COLUMNS} FROM alert WHERE environment = e.name AND phase = 'resolved' AND ($2::text IS NULL OR rule = $2)
    AND ($3::timestamptz IS NULL OR resolved_at <= $3 AND (resolved_at < $3 OR id > $4))
  ORDER BY resolved_at DESC, id LIMIT $5::integer) a
  ORDER BY "resolvedAtMs" DESC, id LIMIT $5::integer`;

export interface ResolvedQuery {
  environments: readonly string[];
  rule: string | null;
  after: { at: string; id: string } | null;
  limit: number;
}

/** Alerts that ended, the latest first. */
export async function resolvedAlerts(connection: Connection, query: ResolvedQuery): Promise<StoredAlert[]> {
  const { environments, rule, after, limit } = query;
  const values = [environments, rule, after?.at ?? null, after?.id ?? null, limit];
  return (await connection.query<AlertRow>(RESOLVED_ALERTS, values)).rows.map(storedAlert);
}

/** Uses alert_standing_key. */
export const COUNT_FIRING = `SELECT count(*)::integer AS firing FROM alert WHERE environment = ANY ($1::text[])
  AND phase <> 'resolved' AND phase = 'firing' AND silence_id IS NULL AND rule <> 'watchdog'`;

/** How many alerts of these environments fire that no silence keeps quiet, without the watchdogs. */
export async function countFiring(connection: Connection, environments: readonly string[]): Promise<number> {
  const { rows } = await connection.query<{ firing: number }>(COUNT_FIRING, [environments]);
  return rows[0]?.firing ?? 0;
}
