/** What rules look at beside counters. */
import type { ConflictCounts } from "@/domain/alerts/readings/conflicts";
import type { Window } from "@/domain/slo/count-windows";
import type { Connection } from "./alerts";

const HOUR_MS = 3_600_000;
/** Conflicts of one window beyond this are not counted: the newest tell how many there are. */
const COUNTED = 50_000;

/** Uses journey_conflict_idx. Times are ms; of a window that holds too many, the span is that of the newest. */
export const CONFLICTS_SQL = `
SELECT e.environment, w.name, count(*)::integer AS conflicts,
  CASE WHEN count(*) < ${COUNTED} THEN w."toMs" - w."fromMs"
    ELSE w."toMs" - date_part('epoch', min(j.started_at)) * 1000 END AS "spanMs"
FROM unnest($1::text[]) AS e(environment)
  CROSS JOIN json_to_recordset($2::json) AS w(name text, "fromMs" float8, "toMs" float8) CROSS JOIN LATERAL (
    SELECT started_at FROM journey WHERE environment = e.environment AND 'router_conflict' = ANY (findings)
      AND started_at >= to_timestamp(w."fromMs" / 1000) AND started_at < to_timestamp(w."toMs" / 1000)
    ORDER BY started_at DESC LIMIT ${COUNTED}) j
GROUP BY 1, 2, w."fromMs", w."toMs"`;

/** Journeys with a router conflict that began in these windows, by environment and window. */
export async function readConflictCounts(
  connection: Connection,
  environments: readonly string[],
  windows: readonly Window[],
): Promise<(environment: string, window: string) => ConflictCounts> {
  const { rows } = await connection.query<ConflictCounts & { environment: string; name: string }>(CONFLICTS_SQL, [
    ...[environments, JSON.stringify(windows)],
  ]);
  const found = new Map(rows.map(({ environment, name, ...counts }) => [`${name} ${environment}`, counts]));
  const spans = new Map(windows.map(({ name, fromMs, toMs }) => [name, toMs - fromMs]));
  return (environment, name) => found.get(`${name} ${environment}`) ?? { conflicts: 0, spanMs: spans.get(name) ?? 0 };
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
