import type { Database } from "../database";

export interface FailureRow {
  finding: string;
  step: string | null;
  router: string | null;
  version: string | null;
  instance: string | null;
  count: number;
  users: number;
  first_seen_at: Date;
  last_seen_at: Date;
  sample_ids: string[];
  groups: number;
  users_affected: number;
}

/** Broken journeys of a stretch of time by journey_broken_idx, grouped by what broke where. */
export const READ_FAILURES_SQL = `
WITH broken AS MATERIALIZED (
  SELECT id, owner, started_at, broken_finding, broken_step, broken_router,
    nullif(array_to_string(versions, ','), '') AS version, nullif(array_to_string(instances, ','), '') AS instance
  FROM journey
  WHERE environment = ANY($1::text[]) AND broken_finding IS NOT NULL AND started_at >= $2 AND started_at < $3
)
SELECT broken_finding AS finding, broken_step AS step, broken_router AS router, version, instance,
  count(*)::int AS count, count(DISTINCT owner)::int AS users,
  min(started_at) AS first_seen_at, max(started_at) AS last_seen_at,
  (array_agg(id ORDER BY started_at DESC, id))[1:5] AS sample_ids,
  (count(*) OVER ())::int AS groups,
  (SELECT count(DISTINCT owner)::int FROM broken) AS users_affected
FROM broken
GROUP BY broken_finding, broken_step, broken_router, version, instance
ORDER BY count(*) DESC, max(started_at) DESC, finding, step, router, version, instance
LIMIT $4`;

export async function readFailures(
  { pool }: Database,
  query: { environments: string[]; from: Date; to: Date; limit: number },
): Promise<FailureRow[]> {
  return (await pool.query<FailureRow>(READ_FAILURES_SQL, [query.environments, query.from, query.to, query.limit]))
    .rows;
}
