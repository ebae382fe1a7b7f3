/** What campaigns are evaluated from, beside counters and scans. */
import type { TrafficStretch } from "@/domain/consolidation/campaign-windows";
import type { Database } from "./database";

/** Uses occurrence_time_idx. */
export const LEAKS_BY_WINDOW_SQL = `SELECT w.start::float8 AS "startMs", count(o.key)::float8 AS leaks
FROM unnest($2::float8[]) AS w(start)
CROSS JOIN LATERAL (SELECT o.key FROM occurrence o
  WHERE o.environment = $1 AND o.occurred_at >= to_timestamp(w.start / 1000)
    AND o.occurred_at < to_timestamp((w.start + $3::float8) / 1000)
    AND o.withdrawn_at IS NULL AND o.severity IN ('critical', 'high') OFFSET 0) o
GROUP BY w.start`;

/** Critical and high leaks that stand, by the start of their window in ms. A window without any is left out. */
export async function readLeaksByWindow(
  { pool }: Database,
  environment: string,
  startsMs: readonly number[],
  windowMs: number,
): Promise<Map<number, number>> {
  const values = [environment, startsMs, windowMs];
  const { rows } = await pool.query<{ startMs: number; leaks: number }>(LEAKS_BY_WINDOW_SQL, values);
  return new Map(rows.map(({ startMs, leaks }) => [startMs, leaks]));
}

/** Folded rows by rollup_pkey and those not folded yet by rollup_delta_minute_idx, in one snapshot. */
export const TRAFFIC_BY_WINDOW_SQL = `
SELECT date_part('epoch', date_bin(make_interval(secs => $5::float8 / 1000), bucket, $3)) * 1000 AS "atMs",
  metric, sum(n)::float8 AS n
FROM (
  SELECT bucket, metric, n FROM rollup
  WHERE environment = $1 AND grain = $2 AND bucket >= $3::timestamptz AND bucket < $4
    AND (left(metric, 7) = 'status/' OR left(metric, 9) = 'delivery/')
  UNION ALL
  SELECT minute, metric, n FROM rollup_delta
  WHERE environment = $1 AND minute >= $3 AND minute < $4
    AND (left(metric, 7) = 'status/' OR left(metric, 9) = 'delivery/')
) counted
GROUP BY 1, 2 HAVING sum(n) <> 0`;

/** Journeys by status and deliveries by type, by the start of their window. */
export async function readTrafficByWindow(
  { pool }: Database,
  environment: string,
  { grain, fromMs, toMs, windowMs }: TrafficStretch,
): Promise<{ atMs: number; metric: string; n: number }[]> {
  const values = [environment, grain, new Date(fromMs), new Date(toMs), windowMs];
  return (await pool.query<{ atMs: number; metric: string; n: number }>(TRAFFIC_BY_WINDOW_SQL, values)).rows;
}

/** Uses scan_pkey. */
export const FILES_GONE_SQL = `SELECT s.id, f.file, NOT f.file = ANY (s.paths) AS gone
FROM scan s CROSS JOIN unnest($2::text[]) AS f(file) WHERE s.id = ANY ($1::text[]) AND s.paths IS NOT NULL`;

/** Of each scan that says which files there are, whether these are not among them. */
export async function readFilesGone(
  { pool }: Database,
  scans: readonly string[],
  files: readonly string[],
): Promise<{ id: string; file: string; gone: boolean }[]> {
  if (files.length === 0) return [];
  return (await pool.query<{ id: string; file: string; gone: boolean }>(FILES_GONE_SQL, [scans, files])).rows;
}
