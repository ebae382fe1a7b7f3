import type { Database } from "../database";

export interface RollupQuery {
  environments: string[];
  grain: "minute" | "hour";
  /** Inclusive, on the grain. */
  from: Date;
  /** Exclusive. */
  to: Date;
  /** The period to compare with lies this much earlier and is as long; they do not overlap. */
  spanMs: number;
  /** Rows of one bucket are added up; buckets begin at multiples of this since the epoch. */
  bucketMs: number;
}

export interface RollupRow {
  before: boolean;
  /** Start of the bucket; null for counters that no series needs. */
  at: Date | null;
  metric: string;
  n: number;
}

/** Folded rows by rollup_pkey and those not folded yet by rollup_delta_minute_idx, in one snapshot. */
export const READ_ROLLUPS_SQL = `
SELECT bucket < $3 AS before,
  CASE WHEN left(metric, 7) IN ('status/', 'latency', 'deliver') THEN
    date_bin(make_interval(secs => $5::float8 / 1000), bucket, 'epoch'::timestamptz) END AS at,
  metric, sum(n)::float8 AS n
FROM (
  SELECT bucket, metric, n FROM rollup
  WHERE environment = ANY($1::text[]) AND grain = $2 AND bucket >= $6 AND bucket < $4
    AND NOT (bucket >= $7 AND bucket < $3)
  UNION ALL
  SELECT minute, metric, n FROM rollup_delta
  WHERE environment = ANY($1::text[]) AND minute >= $6 AND minute < $4
    AND NOT (minute >= $7 AND minute < $3) AND left(metric, 1) <> '['
) counted
GROUP BY 1, 2, 3 HAVING sum(n) <> 0`;

/** Counters of a stretch of time, folded or not. Those of routers are read by router-counts.ts. */
export async function readRollups({ pool }: Database, query: RollupQuery): Promise<RollupRow[]> {
  const { environments, grain, from, to, bucketMs, spanMs } = query;
  const previous = [from, to].map((time) => new Date(time.getTime() - spanMs));
  return (await pool.query<RollupRow>(READ_ROLLUPS_SQL, [environments, grain, from, to, bucketMs, ...previous])).rows;
}
