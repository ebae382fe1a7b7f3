/** What campaigns are evaluated from, beside counters and scans. */
import type { Database } from "./database";

/** Uses occurrence_time_idx. */
export const LEAKS_BY_DAY_SQL = `SELECT d.day::float8 AS "dayMs", count(o.key)::float8 AS leaks
FROM unnest($2::float8[]) AS d(day)
CROSS JOIN LATERAL (SELECT o.key FROM occurrence o
  WHERE o.environment = $1 AND o.occurred_at >= to_timestamp(d.day / 1000)
    AND o.occurred_at < to_timestamp(d.day / 1000) + interval '1 day'
    AND o.withdrawn_at IS NULL AND o.severity IN ('critical', 'high') OFFSET 0) o
GROUP BY d.day`;

/** Critical and high leaks that stand, by the start of their day in ms. A day without any is left out. */
export async function readLeaksByDay(
  { pool }: Database,
  environment: string,
  daysMs: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ dayMs: number; leaks: number }>(LEAKS_BY_DAY_SQL, [environment, daysMs]);
  return new Map(rows.map(({ dayMs, leaks }) => [dayMs, leaks]));
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
