import type { Database } from "../database";

export const USER_SORTS = ["seen", "name", "open", "journeys", "failed", "leaks"] as const;
export type UserSort = (typeof USER_SORTS)[number];

export interface UserPosition {
  /** What the list is sorted by, at its last row. */
  value: string;
  environment: string;
  id: string;
}

export interface UserListQuery {
  environments: string[];
  from: Date;
  to: Date;
  /** Exact or beginning of the user's id; without it everybody in the range. */
  q: string | null;
  sort: UserSort;
  after: UserPosition | null;
  limit: number;
}

export interface UserListRow {
  environment: string;
  id: string;
  seen_at: Date | null;
  open_connections: number;
  journeys: number;
  running: number;
  succeeded: number;
  degraded: number;
  failed: number;
  abandoned: number;
  cancelled: number;
  unobserved: number;
  leaks_as_owner: number;
  leaks_as_recipient: number;
  /** `value` of {@link UserPosition}. */
  sorted_by: string;
}

/** Users whose ids begin alike are looked at in the order of their ids, up to so many. */
export const MAX_FOUND = 1_000;

const STATUSES = ["running", "succeeded", "degraded", "failed", "abandoned", "cancelled", "unobserved"] as const;
/** Counted in one pass, by an index alone: a hash by status as well costs a third more. */
const OWNED = `max(last_event_at) AS seen_at, count(*)::int AS journeys,
    ${STATUSES.map((status) => `(count(*) FILTER (WHERE status = '${status}'))::int AS ${status}`).join(", ")}`;
const CONNECTED = `max(COALESCE(closed_at, authenticated_at, opened_at)) AS seen_at,
    (count(*) FILTER (WHERE closed_at IS NULL))::int AS open_connections`;
const LEAKED = `max(occurred_at) AS seen_at, sum(as_owner)::int AS leaks_as_owner, sum(as_recipient)::int AS leaks_as_recipient`;

/** Owners of the range's journeys, users of its connections and users in its leaks. */
const EVERYBODY = `owned AS (
  SELECT environment, owner AS id, ${OWNED} FROM journey -- journey_owner_idx, of short times journey_started_idx
  WHERE environment = ANY($1::text[]) AND started_at >= $2 AND started_at < $3 AND owner IS NOT NULL
  GROUP BY environment, owner
), connected AS (
  SELECT environment, user_id AS id, ${CONNECTED} FROM (
    SELECT * FROM connection_interval -- connection_interval_open_idx
    WHERE environment = ANY($1::text[]) AND closed_at IS NULL AND user_id IS NOT NULL
    UNION ALL
    SELECT * FROM connection_interval -- connection_interval_closed_idx
    WHERE environment = ANY($1::text[]) AND closed_at >= $2 AND user_id IS NOT NULL
  ) i WHERE opened_at IS NULL OR opened_at < $3 GROUP BY environment, user_id
), leaked AS (
  SELECT environment, id, ${LEAKED} FROM (
    SELECT o.environment, o.occurred_at, p.id, p.as_owner, p.as_recipient FROM occurrence o -- occurrence_time_idx
    CROSS JOIN LATERAL (VALUES (o.owner, 1, 0), (o.recipient, 0, 1)) p(id, as_owner, as_recipient)
    WHERE o.environment = ANY($1::text[]) AND o.occurred_at >= $2 AND o.occurred_at < $3 AND o.withdrawn_at IS NULL
      AND p.id IS NOT NULL
  ) involved GROUP BY environment, id
)`;

/** What is known of the users of `wanted`, each looked for by itself. */
const EACH_WANTED = `owned AS (
  SELECT w.environment, w.id, j.* FROM wanted w CROSS JOIN LATERAL (
    SELECT ${OWNED} FROM journey -- journey_owner_idx
    WHERE environment = w.environment AND owner = w.id AND started_at >= $2 AND started_at < $3) j WHERE j.journeys > 0
), connected AS (
  SELECT w.environment, w.id, i.* FROM wanted w CROSS JOIN LATERAL (
    SELECT ${CONNECTED} FROM connection_interval -- connection_interval_user_idx
    WHERE environment = w.environment AND user_id = w.id AND (closed_at IS NULL OR closed_at >= $2)
      AND (opened_at IS NULL OR opened_at < $3)) i WHERE i.seen_at IS NOT NULL OR i.open_connections > 0
), leaked AS (
  SELECT w.environment, w.id, o.* FROM wanted w CROSS JOIN LATERAL (
    SELECT ${LEAKED} FROM (
      SELECT occurred_at, 1 AS as_owner, 0 AS as_recipient FROM occurrence -- occurrence_owner_idx
      WHERE environment = w.environment AND owner = w.id AND withdrawn_at IS NULL
      UNION ALL
      SELECT occurred_at, 0, 1 FROM occurrence -- occurrence_recipient_idx
      WHERE environment = w.environment AND recipient = w.id AND withdrawn_at IS NULL
    ) involved WHERE occurred_at >= $2 AND occurred_at < $3) o WHERE o.seen_at IS NOT NULL
)`;

/** The first users whose ids begin with `$4` (connection_interval_user_prefix_idx; an owner is known from a connection). */
const FOUND = `wanted AS MATERIALIZED (
  SELECT v.environment, found.id FROM unnest($1::text[]) AS v(environment) CROSS JOIN LATERAL (
    SELECT DISTINCT ON (user_id) user_id AS id FROM connection_interval i
    WHERE i.environment = v.environment AND i.user_id IS NOT NULL AND i.user_id LIKE $4
    ORDER BY user_id USING ~<~ LIMIT ${MAX_FOUND}) found
)`;
const NAMED = "wanted AS (SELECT v.environment, $4::text AS id FROM unnest($1::text[]) AS v(environment))";

const SEEN = "date_trunc('milliseconds', GREATEST(o.seen_at, c.seen_at, l.seen_at), 'UTC')";
const KNOWN = `known AS (
  SELECT environment, id, ${SEEN} AS seen_at, COALESCE(c.open_connections, 0) AS open_connections,
    COALESCE(o.journeys, 0) AS journeys, ${STATUSES.map((status) => `COALESCE(o.${status}, 0) AS ${status}`).join(", ")},
    COALESCE(l.leaks_as_owner, 0) AS leaks_as_owner, COALESCE(l.leaks_as_recipient, 0) AS leaks_as_recipient
  FROM owned o FULL JOIN connected c USING (environment, id) FULL JOIN leaked l USING (environment, id)
)`;

const SORTED_BY: Record<UserSort, { by: string; type: string; order: ">" | "<" }> = {
  seen: { by: "COALESCE(seen_at, '-infinity')", type: "timestamptz", order: "<" },
  name: { by: "id", type: "text", order: ">" },
  open: { by: "open_connections", type: "int", order: "<" },
  journeys: { by: "journeys", type: "int", order: "<" },
  failed: { by: "failed", type: "int", order: "<" },
  leaks: { by: "leaks_as_owner + leaks_as_recipient", type: "int", order: "<" },
};

const LIKE_SPECIAL = /[\\%_]/g;

/** One page of users, sorted; ties by environment and id. */
export function listUsersSql({ environments, from, to, q, sort, after, limit }: UserListQuery) {
  const values: unknown[] = [environments, from, to];
  const bind = (value: unknown) => `$${values.push(value)}`;
  if (q !== null) bind(`${q.replace(LIKE_SPECIAL, (character) => `\\${character}`)}%`);
  const { by, type, order } = SORTED_BY[sort];
  const behind = (position: UserPosition) => {
    const value = `${bind(position.value)}::${type}`;
    const [environment, id] = [bind(position.environment), bind(position.id)];
    return `WHERE ${by} ${order} ${value} OR (${by} = ${value} AND (environment, id) > (${environment}::text, ${id}::text))`;
  };
  const text = `WITH ${q === null ? EVERYBODY : `${FOUND}, ${EACH_WANTED}`}, ${KNOWN}
SELECT *, (${by})::text AS sorted_by FROM known ${after === null ? "" : behind(after)}
ORDER BY ${by} ${order === "<" ? "DESC" : "ASC"}, environment, id LIMIT ${bind(limit)}`;
  return { text, values };
}

export async function listUsers({ pool }: Database, query: UserListQuery): Promise<UserListRow[]> {
  const { text, values } = listUsersSql(query);
  return (await pool.query<UserListRow>(text, values)).rows;
}

/** Everything known of one user, an environment a row. */
export const READ_USER_SQL = `WITH ${NAMED}, ${EACH_WANTED}, ${KNOWN} SELECT *, id AS sorted_by FROM known`;

export async function readUser({ pool }: Database, environments: string[], id: string): Promise<UserListRow[]> {
  return (await pool.query<UserListRow>(READ_USER_SQL, [environments, "-infinity", "infinity", id])).rows;
}
