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

/** Messages of each router by router_rollup_pkey. */
export const ROUTER_TOTALS_SQL = `
WITH RECURSIVE ${KNOWN_ROUTERS}
SELECT k.router, sum(r.n)::float8 AS messages
FROM known k CROSS JOIN LATERAL (SELECT r.n FROM router_rollup r
  WHERE r.environment = k.environment AND r.grain = 'hour' AND r.kind = 'message' AND r.router = k.router OFFSET 0) r
GROUP BY k.router`;

/** Messages that each router handled, over everything that is kept and folded. */
export async function readRouterTotals(
  { pool }: Database,
  environments: string[],
): Promise<{ router: string; messages: number }[]> {
  return (await pool.query<{ router: string; messages: number }>(ROUTER_TOTALS_SQL, [environments])).rows;
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
