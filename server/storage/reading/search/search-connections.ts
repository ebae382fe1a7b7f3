import type { Database } from "../../database";
import { idsByPrefix, prefixValues } from "./ids-by-prefix";

export interface FoundConnection {
  environment: string;
  id: string;
  /** "" where none is reported. */
  instance: string;
  /** Null for a connection that was never seen to open. */
  user_id: string | null;
  opened_at: Date | null;
  closed_at: Date | null;
  /** Whether its opening, authentication or end was seen. */
  seen: boolean;
  at: Date;
}

/** A careless server uses one id again and again: so many of its newest connections are listed. */
const INTERVALS_OF_ONE = 5;

/**
 * Ids that any event names by telemetry_event_connection_idx, the newest connections of each by
 * connection_interval_id_idx; of an id without any, its newest event.
 */
export const FIND_CONNECTIONS_SQL = `
${idsByPrefix({ table: "telemetry_event", column: "connection_id" })}
SELECT f.environment, f.id, COALESCE(i.instance, e.instance, '') AS instance, i.user_id, i.opened_at, i.closed_at,
  i.instance IS NOT NULL AS seen, COALESCE(i.closed_at, e.time) AS at
FROM found f
CROSS JOIN LATERAL (
  SELECT e.time, e.instance FROM telemetry_event e
  WHERE e.environment = f.environment AND e.connection_id = f.id ORDER BY e.time DESC LIMIT 1
) e
LEFT JOIN LATERAL (
  SELECT i.instance, i.user_id, i.opened_at, i.closed_at FROM connection_interval i
  WHERE i.environment = f.environment AND i.connection_id = f.id
  ORDER BY COALESCE(i.opened_at, i.authenticated_at, i.closed_at) DESC LIMIT ${INTERVALS_OF_ONE}
) i ON true
WHERE f.id IS NOT NULL`;

/** Connections whose id begins with the prefix, those of at most `limit` ids of each environment. */
export async function findConnections(
  { pool }: Database,
  environments: string[],
  prefix: string,
  limit: number,
): Promise<FoundConnection[]> {
  return (await pool.query<FoundConnection>(FIND_CONNECTIONS_SQL, prefixValues(environments, prefix, limit))).rows;
}
