import type { Database } from "../database";

export interface UserListQuery {
  environments: string[];
  from: Date;
  to: Date;
  /** Exact or beginning of the user's id; without it everybody in the range. */
  q: string | null;
  after: { seenAt: string; environment: string; id: string } | null;
  limit: number;
}

export interface UserListRow {
  environment: string;
  id: string;
  seen_at: Date;
  journeys: number;
  failures: number;
  open_connections: number;
}

/**
 * Owners of the range's journeys (journey_started_idx) and users who authenticated in it or are connected
 * (connection_interval_user_prefix_idx), newest first.
 */
export const LIST_USERS_SQL = `
WITH owned AS (
  SELECT environment, owner AS id, max(last_event_at) AS seen_at, count(*)::int AS journeys,
    (count(*) FILTER (WHERE status = 'failed'))::int AS failures
  FROM journey
  WHERE environment = ANY($1::text[]) AND started_at >= $2 AND started_at < $3 AND owner IS NOT NULL
    AND ($4::text IS NULL OR owner LIKE $4)
  GROUP BY environment, owner
), connected AS (
  SELECT environment, user_id AS id, max(COALESCE(closed_at, authenticated_at, opened_at)) AS seen_at,
    (count(*) FILTER (WHERE closed_at IS NULL))::int AS open_connections
  FROM connection_interval
  WHERE environment = ANY($1::text[]) AND user_id IS NOT NULL AND ($4::text IS NULL OR user_id LIKE $4)
    AND (closed_at IS NULL OR closed_at >= $2) AND (opened_at IS NULL OR opened_at < $3)
  GROUP BY environment, user_id
), known AS (
  SELECT environment, id, date_trunc('milliseconds', GREATEST(o.seen_at, c.seen_at), 'UTC') AS seen_at,
    COALESCE(o.journeys, 0) AS journeys, COALESCE(o.failures, 0) AS failures,
    COALESCE(c.open_connections, 0) AS open_connections
  FROM owned o FULL JOIN connected c USING (environment, id)
)
SELECT * FROM known
WHERE seen_at IS NOT NULL
  AND ($5::timestamptz IS NULL OR seen_at < $5 OR (seen_at = $5 AND (environment, id) > ($6::text, $7::text)))
ORDER BY seen_at DESC, environment, id LIMIT $8`;

const LIKE_SPECIAL = /[\\%_]/g;

export async function listUsers({ pool }: Database, query: UserListQuery): Promise<UserListRow[]> {
  const { environments, from, to, q, after, limit } = query;
  const like = q === null ? null : `${q.replace(LIKE_SPECIAL, (character) => `\\${character}`)}%`;
  const position = [after?.seenAt ?? null, after?.environment ?? null, after?.id ?? null];
  return (await pool.query<UserListRow>(LIST_USERS_SQL, [environments, from, to, like, ...position, limit])).rows;
}
