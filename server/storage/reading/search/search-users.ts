import type { Database } from "../../database";
import { idsByPrefix, prefixValues } from "./ids-by-prefix";

export interface FoundUser {
  environment: string;
  id: string;
  at: Date | null;
  connected: boolean;
  /** How the user's newest journey stands. */
  status: string | null;
}

/**
 * Users known from connections by connection_interval_user_prefix_idx; one that was only ever claimed, by its whole id
 * (telemetry_event_user_idx). Newest connection by connection_interval_user_idx, newest journey by journey_owner_idx.
 */
export const FIND_USERS_SQL = `
${idsByPrefix({ table: "connection_interval", column: "user_id" })}, candidate AS (
  SELECT environment, id FROM found WHERE id IS NOT NULL
  UNION
  SELECT environment, $2 FROM unnest($1::text[]) AS v(environment)
  WHERE EXISTS (SELECT FROM telemetry_event e WHERE e.environment = v.environment AND e.user_id = $2)
)
SELECT c.environment, c.id, COALESCE(i.closed_at IS NULL AND i.known, false) AS connected, j.status,
  GREATEST(i.seen_at, j.last_event_at, CASE WHEN i.known IS NULL AND j.status IS NULL THEN e.time END) AS at
FROM candidate c
LEFT JOIN LATERAL (
  SELECT true AS known, closed_at, COALESCE(closed_at, authenticated_at, opened_at) AS seen_at FROM connection_interval i
  WHERE i.environment = c.environment AND i.user_id = c.id ORDER BY i.closed_at DESC LIMIT 1
) i ON true
LEFT JOIN LATERAL (
  SELECT status, last_event_at FROM journey j
  WHERE j.environment = c.environment AND j.owner = c.id ORDER BY j.started_at DESC LIMIT 1
) j ON true
LEFT JOIN LATERAL (
  SELECT time FROM telemetry_event e
  WHERE e.environment = c.environment AND e.user_id = c.id AND i.known IS NULL ORDER BY e.time DESC LIMIT 1
) e ON true`;

/** Users whose id begins with the prefix, at most `limit` of each environment. */
export async function findUsers(
  { pool }: Database,
  environments: string[],
  prefix: string,
  limit: number,
): Promise<FoundUser[]> {
  return (await pool.query<FoundUser>(FIND_USERS_SQL, prefixValues(environments, prefix, limit))).rows;
}
