import type { Database } from "../database";

/** Open connections by connection_interval_open_idx; whether anything was ever observed by telemetry_event_pkey. */
export const READ_PRESENCE_SQL = `
SELECT
  (SELECT count(*)::int FROM connection_interval WHERE environment = ANY($1::text[]) AND closed_at IS NULL) AS open,
  EXISTS (
    SELECT 1 FROM unnest($1::text[]) AS v(environment)
    CROSS JOIN LATERAL (SELECT 1 FROM telemetry_event e WHERE e.environment = v.environment ORDER BY e.id LIMIT 1) one
  ) AS seen`;

export async function readPresence(
  { pool }: Database,
  environments: string[],
): Promise<{ open: number; seen: boolean }> {
  const found = await pool.query<{ open: number; seen: boolean }>(READ_PRESENCE_SQL, [environments]);
  return found.rows[0] ?? { open: 0, seen: false };
}
