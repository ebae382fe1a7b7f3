/** When routers handled messages for the first and the last time, over everything that is kept. */
import type { Database } from "../database";
import { KNOWN_ROUTERS } from "./router-counts";

export interface RouterSighting {
  router: string;
  /** Start of the minute; of the hour where minutes are kept no more. */
  firstMs: number;
  lastMs: number;
}

const FOLDED = `FROM router_rollup r WHERE r.environment = k.environment AND r.kind = 'message' AND r.router = k.router
    AND r.n > 0`;

/** The ends of each router's folded rows by router_rollup_pkey. */
export const ROUTER_SIGHTINGS_SQL = `
WITH RECURSIVE ${KNOWN_ROUTERS}
SELECT k.router, date_part('epoch', min(coalesce(first_minute.bucket, first_hour.bucket))) * 1000 AS "firstMs",
  date_part('epoch', max(coalesce(last_minute.bucket, last_hour.bucket))) * 1000 AS "lastMs"
FROM (SELECT * FROM known WHERE $2::text IS NULL
  UNION ALL SELECT environment, $2 FROM unnest($1::text[]) AS e(environment) WHERE $2 IS NOT NULL) k
CROSS JOIN LATERAL (SELECT bucket ${FOLDED} AND r.grain = 'hour' ORDER BY bucket LIMIT 1) first_hour
CROSS JOIN LATERAL (SELECT bucket ${FOLDED} AND r.grain = 'hour' ORDER BY bucket DESC LIMIT 1) last_hour
LEFT JOIN LATERAL (SELECT bucket ${FOLDED} AND r.grain = 'minute' AND r.bucket >= first_hour.bucket
  AND r.bucket < first_hour.bucket + interval '1 hour' ORDER BY bucket LIMIT 1) first_minute ON true
LEFT JOIN LATERAL (SELECT bucket ${FOLDED} AND r.grain = 'minute' AND r.bucket >= last_hour.bucket
  ORDER BY bucket DESC LIMIT 1) last_minute ON true
GROUP BY k.router`;

/** What is folded so far. @param router null = every one that is known */
export async function readRouterSightings(
  { pool }: Database,
  environments: string[],
  router: string | null,
): Promise<RouterSighting[]> {
  return (await pool.query<RouterSighting>(ROUTER_SIGHTINGS_SQL, [environments, router])).rows;
}

/** A router over everything that is kept. */
export interface RouterTotal extends RouterSighting {
  messages: number;
}

/**
 * Messages of each router with their ends: folded hours by router_rollup_pkey, and what happened lately and is not
 * folded yet by rollup_delta_minute_idx, in one snapshot. The last minute of the folded ones by router_rollup_pkey.
 */
export const ROUTER_TOTALS_SQL = `
WITH RECURSIVE ${KNOWN_ROUTERS},
  counted AS (
    SELECT k.environment, k.router, r.n, r.bucket, true AS folded
    FROM known k CROSS JOIN LATERAL (SELECT r.n, r.bucket FROM router_rollup r
      WHERE r.environment = k.environment AND r.grain = 'hour' AND r.kind = 'message' AND r.router = k.router OFFSET 0) r
    UNION ALL
    SELECT d.environment, d.parts->>1, d.n, d.minute, false
    FROM (SELECT environment, metric::jsonb AS parts, n, minute FROM rollup_delta
      WHERE environment = ANY($1::text[]) AND minute >= $2 AND left(metric, 1) = '[' OFFSET 0) d
    WHERE d.parts->>0 = 'message'),
  total AS (
    SELECT environment, router, sum(n) AS n, min(bucket) AS first, max(bucket) FILTER (WHERE folded) AS last_hour,
      max(bucket) FILTER (WHERE NOT folded AND n > 0) AS last_delta
    FROM counted GROUP BY environment, router)
SELECT t.router, sum(t.n)::float8 AS messages, date_part('epoch', min(t.first)) * 1000 AS "firstMs",
  date_part('epoch', max(greatest(coalesce(m.bucket, t.last_hour), t.last_delta))) * 1000 AS "lastMs"
FROM total t LEFT JOIN LATERAL (SELECT r.bucket FROM router_rollup r
  WHERE r.environment = t.environment AND r.grain = 'minute' AND r.kind = 'message' AND r.router = t.router
    AND r.bucket >= t.last_hour AND r.n > 0 ORDER BY r.bucket DESC LIMIT 1) m ON true
GROUP BY t.router HAVING sum(t.n) > 0`;

/** What happened earlier and is not folded yet, a backfill, counts a second later, when it is. */
const LATELY_MS = 7_200_000;

/** What each router handled, over everything that is kept. */
export async function readRouterTotals(
  { pool }: Database,
  environments: string[],
  nowMs: number,
): Promise<RouterTotal[]> {
  return (await pool.query<RouterTotal>(ROUTER_TOTALS_SQL, [environments, new Date(nowMs - LATELY_MS)])).rows;
}

/** By rollup_pkey, one row an environment. */
export const FIRST_COUNTED_SQL = `
SELECT min(first.bucket) AS at FROM unnest($1::text[]) AS e(environment)
CROSS JOIN LATERAL (SELECT r.bucket FROM rollup r
  WHERE r.environment = e.environment AND r.grain = 'hour' ORDER BY r.bucket LIMIT 1) first`;

/** The first hour of which figures are kept; null = there are none. */
export async function firstCountedAt({ pool }: Database, environments: string[]): Promise<Date | null> {
  return (await pool.query<{ at: Date | null }>(FIRST_COUNTED_SQL, [environments])).rows[0]?.at ?? null;
}
