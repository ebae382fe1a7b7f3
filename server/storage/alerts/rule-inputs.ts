/** What rules look at beside counters. */
import { CONFLICTS_MS } from "@/domain/alerts/readings/conflicts";
import type { Connection } from "./alerts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Conflicts beyond this are as many as anybody needs to know of. */
const COUNTED = 50_000;

/** Uses journey_conflict_idx. */
export const CONFLICTS_SQL = `
SELECT e.environment, count(*) FILTER (WHERE j.started_at >= to_timestamp($3::float8 / 1000))::integer AS recent,
  count(*) FILTER (WHERE j.started_at < to_timestamp($3::float8 / 1000))::integer AS earlier
FROM unnest($1::text[]) AS e(environment) CROSS JOIN LATERAL (
  SELECT started_at FROM journey WHERE environment = e.environment AND 'router_conflict' = ANY (findings)
    AND started_at >= to_timestamp($2::float8 / 1000) AND started_at <= to_timestamp($4::float8 / 1000)
  ORDER BY started_at DESC LIMIT ${COUNTED}) j
GROUP BY 1`;

/** Journeys with a router conflict in the last half hour, and in the day before it. */
export async function readConflictCounts(
  connection: Connection,
  environments: readonly string[],
  nowMs: number,
): Promise<Map<string, { recent: number; earlier: number }>> {
  const sinceMs = nowMs - CONFLICTS_MS;
  const { rows } = await connection.query<{ environment: string; recent: number; earlier: number }>(CONFLICTS_SQL, [
    ...[environments, sinceMs - DAY_MS, sinceMs, nowMs],
  ]);
  return new Map(rows.map(({ environment, ...counts }) => [environment, counts]));
}

/** The oldest marks by dirty_mark_pkey: an environment with none among them lags less than those that have. */
export const JUDGE_LAGS_SQL = `
SELECT environment, date_part('epoch', now() - min(created_at)) * 1000 AS "lagMs" FROM (
  SELECT environment, created_at FROM dirty_mark ORDER BY seq LIMIT 10000) oldest GROUP BY 1`;

/** How long the oldest thing of each environment waits to be judged, in ms; nothing where nothing waits. */
export async function readJudgeLags(connection: Connection): Promise<Map<string, number>> {
  const { rows } = await connection.query<{ environment: string; lagMs: number }>(JUDGE_LAGS_SQL);
  return new Map(rows.map(({ environment, lagMs }) => [environment, Math.max(0, lagMs)]));
}

/** The first counter of each environment by rollup_pkey. */
export const FIRST_COUNTED_SQL = `
SELECT e.environment, date_part('epoch', r.bucket) * 1000 AS "firstMs"
FROM unnest($1::text[]) AS e(environment) CROSS JOIN LATERAL (
  SELECT bucket FROM rollup WHERE environment = e.environment AND grain = 'hour' ORDER BY bucket LIMIT 1) r`;

/** Since when everything of an environment is counted: from here on nothing counted means that nothing was. In ms since the epoch. */
export async function readCountedSince(
  connection: Connection,
  environments: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await connection.query<{ environment: string; firstMs: number }>(FIRST_COUNTED_SQL, [environments]);
  // It began somewhere within its first hour.
  return new Map(rows.map(({ environment, firstMs }) => [environment, firstMs + HOUR_MS]));
}
