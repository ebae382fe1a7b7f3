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

const KNOWN = `
SELECT * FROM (
  SELECT environment, id, date_trunc('milliseconds', GREATEST(o.seen_at, c.seen_at), 'UTC') AS seen_at,
    COALESCE(o.journeys, 0) AS journeys, COALESCE(o.failures, 0) AS failures,
    COALESCE(c.open_connections, 0) AS open_connections
  FROM owned o FULL JOIN connected c USING (environment, id)
) known
WHERE seen_at IS NOT NULL
  AND ($4::timestamptz IS NULL OR seen_at < $4 OR (seen_at = $4 AND (environment, id) > ($5::text, $6::text)))
ORDER BY seen_at DESC, environment, id LIMIT $7`;

const OWNED = `SELECT environment, owner AS id, max(last_event_at) AS seen_at, count(*)::int AS journeys,
    (count(*) FILTER (WHERE status = 'failed'))::int AS failures
  FROM journey`;

const CONNECTED = `SELECT environment, user_id AS id, max(COALESCE(closed_at, authenticated_at, opened_at)) AS seen_at,
    (count(*) FILTER (WHERE closed_at IS NULL))::int AS open_connections
  FROM connection_interval`;

/** Owners of the range's journeys (journey_started_idx) and users connected now (connection_interval_open_idx). */
export const LIST_USERS_SQL = `
WITH owned AS (
  ${OWNED}
  WHERE environment = ANY($1::text[]) AND started_at >= $2 AND started_at < $3 AND owner IS NOT NULL
  GROUP BY environment, owner
), connected AS (
  ${CONNECTED}
  WHERE environment = ANY($1::text[]) AND closed_at IS NULL AND user_id IS NOT NULL
    AND (opened_at IS NULL OR opened_at < $3)
  GROUP BY environment, user_id
)${KNOWN}`;

/**
 * Users whose id begins with `$8` (connection_interval_user_prefix_idx; an owner is always known from a connection),
 * with their journeys of the range (journey_owner_idx).
 */
export const SEARCH_USERS_SQL = `
WITH connected AS MATERIALIZED (
  ${CONNECTED}
  WHERE environment = ANY($1::text[]) AND user_id IS NOT NULL AND user_id LIKE $8
    AND (closed_at IS NULL OR closed_at >= $2) AND (opened_at IS NULL OR opened_at < $3)
  GROUP BY environment, user_id
), owned AS (
  SELECT c.environment, c.id, j.seen_at, j.journeys, j.failures FROM connected c CROSS JOIN LATERAL (
    SELECT max(last_event_at) AS seen_at, count(*)::int AS journeys,
      (count(*) FILTER (WHERE status = 'failed'))::int AS failures
    FROM journey
    WHERE environment = c.environment AND owner = c.id AND started_at >= $2 AND started_at < $3
  ) j
)${KNOWN}`;

const LIKE_SPECIAL = /[\\%_]/g;

export async function listUsers({ pool }: Database, query: UserListQuery): Promise<UserListRow[]> {
  const { environments, from, to, q, after, limit } = query;
  const values = [environments, from, to, after?.seenAt ?? null, after?.environment ?? null, after?.id ?? null, limit];
  if (q === null) return (await pool.query<UserListRow>(LIST_USERS_SQL, values)).rows;
  const prefix = `${q.replace(LIKE_SPECIAL, (character) => `\\${character}`)}%`;
  return (await pool.query<UserListRow>(SEARCH_USERS_SQL, [...values, prefix])).rows;
}
