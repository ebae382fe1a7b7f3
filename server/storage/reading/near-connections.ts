import type { Database } from "../database";

export interface NearConnectionRow {
  connection_id: string;
  instance: string;
  user_id: string | null;
  opened_at: Date | null;
  closed_at: Date | null;
  close_code: number | null;
  /** Of all that touch it, returned or not. */
  total: number;
}

/**
 * Intervals that touch a stretch of time, of users (connection_interval_user_idx) or of named connections
 * (connection_interval_id_idx), newest first.
 */
export const NEAR_CONNECTIONS_SQL = `
SELECT connection_id, instance, user_id, opened_at, closed_at, close_code, (count(*) OVER ())::int AS total FROM (
  SELECT environment, connection_id, instance, n, user_id, opened_at, closed_at, close_code
    FROM connection_interval WHERE environment = $1 AND user_id = ANY($2::text[])
    AND (closed_at IS NULL OR closed_at >= $4)
  UNION
  SELECT environment, connection_id, instance, n, user_id, opened_at, closed_at, close_code
    FROM connection_interval WHERE environment = $1 AND connection_id = ANY($3::text[])
) i
WHERE (closed_at IS NULL OR closed_at >= $4) AND (opened_at IS NULL OR opened_at <= $5)
ORDER BY opened_at DESC NULLS LAST, connection_id, n LIMIT $6`;

export async function readNearConnections(
  { pool }: Database,
  query: { environment: string; users: string[]; connectionIds: string[]; from: Date; to: Date; limit: number },
): Promise<NearConnectionRow[]> {
  const values = [query.environment, query.users, query.connectionIds, query.from, query.to, query.limit];
  return (await pool.query<NearConnectionRow>(NEAR_CONNECTIONS_SQL, values)).rows;
}
