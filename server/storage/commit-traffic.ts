/** Journeys by the commit that was the newest when they ended. */
import type { Database } from "./database";

/**
 * Whole hours, and the minutes of hours in which a commit lies, by rollup_pkey; what is not folded yet by
 * rollup_delta_minute_idx. All in one snapshot.
 */
export const TRAFFIC_BY_COMMIT_SQL = `
SELECT width_bucket(bucket, $5::timestamptz[]) AS nth, metric, sum(n)::float8 AS n
FROM (
  SELECT bucket, metric, n FROM rollup
  WHERE environment = ANY($1::text[]) AND grain = 'hour' AND bucket >= $2 AND bucket < $3
    AND NOT bucket = ANY($4::timestamptz[]) AND left(metric, 7) = 'status/'
  UNION ALL
  SELECT m.bucket, m.metric, m.n FROM unnest($4::timestamptz[]) AS h(hour) CROSS JOIN unnest($1::text[]) AS e(environment)
  CROSS JOIN LATERAL (SELECT r.bucket, r.metric, r.n FROM rollup r
    WHERE r.environment = e.environment AND r.grain = 'minute' AND r.bucket >= h.hour
      AND r.bucket < h.hour + interval '1 hour' AND left(r.metric, 7) = 'status/' OFFSET 0) m
  UNION ALL
  SELECT minute, metric, n FROM rollup_delta
  WHERE environment = ANY($1::text[]) AND minute >= $2 AND minute < $3 AND left(metric, 7) = 'status/'
) counted
GROUP BY 1, 2 HAVING sum(n) <> 0`;

const HOUR_MS = 3_600_000;
/** Minutes are kept for 14 days; before that an hour counts for the commit that was the newest when it began. */
const MINUTES_FOR_MS = 13 * 24 * HOUR_MS;
const MAX_HOURS_BY_MINUTE = 100;

/**
 * Counters `status/<status>` of the time from each commit until the next, by the commit's place in the list.
 * @param commitsMs oldest first
 */
export async function readTrafficByCommit(
  { pool }: Database,
  environments: string[],
  { commitsMs, toMs, nowMs }: { commitsMs: readonly number[]; toMs: number; nowMs: number },
): Promise<{ at: number; metric: string; n: number }[]> {
  const [firstMs] = commitsMs;
  if (firstMs === undefined) return [];
  const hourOf = (ms: number) => Math.floor(ms / HOUR_MS) * HOUR_MS;
  const recent = commitsMs.filter((ms) => nowMs - ms < MINUTES_FOR_MS).map(hourOf);
  const hours = [...new Set(recent)].slice(-MAX_HOURS_BY_MINUTE).map((ms) => new Date(ms));
  const commits = commitsMs.map((ms) => new Date(ms));
  const values = [environments, new Date(hourOf(firstMs)), new Date(toMs), hours, commits];
  const { rows } = await pool.query<{ nth: number; metric: string; n: number }>(TRAFFIC_BY_COMMIT_SQL, values);
  return rows.flatMap(({ nth, ...row }) => (nth === 0 ? [] : [{ at: nth - 1, ...row }]));
}
