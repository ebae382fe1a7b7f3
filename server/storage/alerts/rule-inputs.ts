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

/** Marks that are looked at. */
const SAMPLED = 10_000;

/**
 * The marks that are judged next, by dirty_mark_due_idx. A mark waits from when it was made, or from when it is due where
 * that is later: some are made to go first. Where there are more marks than are looked at, whoever has none among them
 * waits as long as the newest of them (environment NULL).
 */
export const JUDGE_LAGS_SQL = `
WITH next AS MATERIALIZED (
  SELECT environment, date_part('epoch', now() - greatest(created_at, due_at)) * 1000 AS "lagMs"
  FROM dirty_mark WHERE due_at <= now() ORDER BY due_at, seq LIMIT ${SAMPLED})
SELECT environment, max("lagMs") AS "lagMs" FROM next GROUP BY 1
UNION ALL SELECT NULL, min("lagMs") FROM next HAVING count(*) = ${SAMPLED}`;

/** How long the oldest thing of each environment waits to be judged, in ms; 0 where nothing waits. */
export async function readJudgeLags(connection: Connection): Promise<(environment: string) => number> {
  const { rows } = await connection.query<{ environment: string | null; lagMs: number }>(JUDGE_LAGS_SQL);
  const lags = new Map(rows.map(({ environment, lagMs }) => [environment, Math.max(0, lagMs)]));
  return (environment) => lags.get(environment) ?? lags.get(null) ?? 0;
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
