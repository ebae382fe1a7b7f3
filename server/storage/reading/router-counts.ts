/** Counters of routers. Each read goes from router to router, so that it touches only the rows it adds up. */
import { z } from "zod";
import type { RouterMetricKind } from "@/domain/rollups/router-metrics";
import type { Database } from "../database";

/** Rows of one kind to add up, in one grain. Stretches of one kind do not overlap. */
export interface Stretch {
  kind: RouterMetricKind;
  grain: "minute" | "hour";
  /** Inclusive, on the grain. */
  fromMs: number;
  /** Exclusive. */
  toMs: number;
  /** Whether the counts are told by bucket. */
  byBucket: boolean;
}

export interface RouterCountQuery {
  environments: string[];
  /** null = all of them. */
  router: string | null;
  stretches: Stretch[];
  /** Buckets begin at multiples of this since the epoch. */
  bucketMs: number;
}

/** What is counted of a router: the rest of a counter's name, as {@link RouterMetricKind} made it. */
export interface RouterCount {
  kind: RouterMetricKind;
  router: string;
  name: (string | number | null)[];
  /** Start of the bucket; null where buckets were not asked for. */
  atMs: number | null;
  n: number;
  /** Starts of the first and the last minute (or hour, by the grain) that were counted. */
  firstMs: number;
  lastMs: number;
}

/** More routers than this are not looked at: their names are made up. */
export const MAX_KNOWN_ROUTERS = 5_000;

/** The routers that ever handled a message, from one to the next by router_rollup_pkey. */
export const KNOWN_ROUTERS = `
  step(environment, router) AS (
    SELECT e.environment, (SELECT r.router FROM router_rollup r
      WHERE r.environment = e.environment AND r.grain = 'hour' AND r.kind = 'message' ORDER BY r.router LIMIT 1)
    FROM unnest($1::text[]) AS e(environment)
    UNION ALL
    SELECT s.environment, (SELECT r.router FROM router_rollup r
      WHERE r.environment = s.environment AND r.grain = 'hour' AND r.kind = 'message' AND r.router > s.router
      ORDER BY r.router LIMIT 1)
    FROM step s WHERE s.router IS NOT NULL),
  known AS MATERIALIZED (
    SELECT environment, router FROM (SELECT * FROM step LIMIT ${MAX_KNOWN_ROUTERS}) s WHERE router IS NOT NULL)`;

/** Folded rows by router_rollup_pkey and those not folded yet by rollup_delta_minute_idx, in one snapshot. */
export const ROUTER_COUNTS_SQL = `
WITH RECURSIVE ${KNOWN_ROUTERS},
  wanted AS MATERIALIZED (
    SELECT kind, grain, to_timestamp("fromMs" / 1000) AS since, to_timestamp("toMs" / 1000) AS until, "byBucket" AS binned
    FROM json_to_recordset($2::json) AS w(kind text, grain text, "fromMs" float8, "toMs" float8, "byBucket" boolean)),
  routers AS MATERIALIZED (
    SELECT environment, router, kind FROM known CROSS JOIN (SELECT DISTINCT kind FROM wanted) k
      WHERE kind <> 'inbound' AND $3::text IS NULL
    UNION ALL SELECT environment, CASE kind WHEN 'inbound' THEN '' ELSE $3 END, kind
      FROM unnest($1::text[]) AS e(environment) CROSS JOIN (SELECT DISTINCT kind FROM wanted) k
      WHERE kind = 'inbound' OR $3::text IS NOT NULL),
  counted AS (
    SELECT w.kind, r.router, r.name, w.binned, r.bucket, r.n
    FROM wanted w JOIN routers k ON k.kind = w.kind CROSS JOIN LATERAL (
      SELECT r.router, r.name, r.bucket, r.n FROM router_rollup r
      WHERE r.environment = k.environment AND r.grain = w.grain AND r.kind = w.kind AND r.router = k.router
        AND r.bucket >= w.since AND r.bucket < w.until OFFSET 0) r
    UNION ALL
    SELECT w.kind, d.parts->>1, (d.parts - 0 - 0)::text, w.binned, d.minute, d.n
    FROM (SELECT metric::jsonb AS parts, minute, n FROM rollup_delta
      WHERE environment = ANY($1::text[]) AND minute >= (SELECT min(since) FROM wanted)
        AND minute < (SELECT max(until) FROM wanted) AND left(metric, 1) = '[' OFFSET 0) d
    JOIN wanted w ON w.kind = d.parts->>0 AND d.minute >= w.since AND d.minute < w.until
    WHERE $3::text IS NULL OR w.kind = 'inbound' OR d.parts->>1 = $3)
SELECT kind, router, name, date_part('epoch', CASE WHEN binned THEN
    date_bin(make_interval(secs => $4::float8 / 1000), bucket, 'epoch'::timestamptz) END) * 1000 AS "atMs",
  sum(n)::float8 AS n, date_part('epoch', min(bucket)) * 1000 AS "firstMs", date_part('epoch', max(bucket)) * 1000 AS "lastMs"
FROM counted GROUP BY 1, 2, 3, 4 HAVING sum(n) <> 0`;

const countName = z.array(z.union([z.string(), z.number(), z.null()]));

/** Counts of a stretch of time, folded or not. */
export async function readRouterCounts({ pool }: Database, query: RouterCountQuery): Promise<RouterCount[]> {
  const { environments, router, stretches, bucketMs } = query;
  const { rows } = await pool.query<Omit<RouterCount, "name"> & { name: string }>(ROUTER_COUNTS_SQL, [
    environments,
    JSON.stringify(stretches),
    router,
    bucketMs,
  ]);
  return rows.map((row) => ({ ...row, name: countName.parse(JSON.parse(row.name)) }));
}
