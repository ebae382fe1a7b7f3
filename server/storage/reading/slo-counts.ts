/** Counters that objectives and alerts are made from, summed over several windows at once. */
import type { Stretch } from "@/domain/slo/count-windows";
import type { Connection } from "../alerts/alerts";
import { KNOWN_ROUTERS } from "./router-counts";

const WANTED = `wanted AS MATERIALIZED (
    SELECT name, grain, to_timestamp("fromMs" / 1000) AS since, to_timestamp("toMs" / 1000) AS until
    FROM json_to_recordset($2::json) AS w(name text, grain text, "fromMs" float8, "toMs" float8))`;

/** Folded rows by rollup_pkey and those not folded yet by rollup_delta_minute_idx, in one snapshot. */
export const SLO_COUNTS_SQL = `
WITH ${WANTED}
SELECT environment, name, metric, sum(n)::float8 AS n FROM (
  SELECT e.environment, w.name, r.metric, r.n FROM wanted w CROSS JOIN unnest($1::text[]) AS e(environment)
    CROSS JOIN LATERAL (
      SELECT metric, n FROM rollup WHERE environment = e.environment AND grain = w.grain
        AND bucket >= w.since AND bucket < w.until
        AND left(metric, 4) IN ('stat', 'deli', 'late', 'conn') OFFSET 0) r
  UNION ALL
  SELECT d.environment, w.name, d.metric, d.n FROM (
      SELECT environment, minute, metric, n FROM rollup_delta
      WHERE environment = ANY ($1::text[]) AND minute >= (SELECT min(since) FROM wanted)
        AND left(metric, 4) IN ('stat', 'deli', 'late', 'conn') OFFSET 0) d
    JOIN wanted w ON d.minute >= w.since AND d.minute < w.until
) counted GROUP BY 1, 2, 3 HAVING sum(n) <> 0`;

/** Messages that routers handled: router_rollup_pkey from router to router, and rollup_delta_minute_idx. */
export const ROUTED_COUNTS_SQL = `
WITH RECURSIVE ${KNOWN_ROUTERS}, ${WANTED}
SELECT environment, name, CASE outcome WHEN '[""]' THEN 'routed/ok' ELSE 'routed/failed' END AS metric, sum(n)::float8 AS n
FROM (
  SELECT k.environment, w.name, r.name AS outcome, r.n FROM wanted w CROSS JOIN known k CROSS JOIN LATERAL (
    SELECT name, n FROM router_rollup WHERE environment = k.environment AND grain = w.grain AND kind = 'message'
      AND router = k.router AND bucket >= w.since AND bucket < w.until OFFSET 0) r
  UNION ALL
  SELECT d.environment, w.name, (d.parts - 0 - 0)::text, d.n FROM (
      SELECT environment, metric::jsonb AS parts, minute, n FROM rollup_delta
      WHERE environment = ANY ($1::text[]) AND minute >= (SELECT min(since) FROM wanted)
        AND left(metric, 10) = '["message"' OFFSET 0) d
    JOIN wanted w ON d.minute >= w.since AND d.minute < w.until
) counted GROUP BY 1, 2, 3 HAVING sum(n) <> 0`;

interface CountRow {
  environment: string;
  name: string;
  metric: string;
  n: number;
}

/** Counters of one environment's window, by metric; of an empty one there is nothing. */
export type CountsOf = (environment: string, window: string) => ReadonlyMap<string, number>;

const NOTHING: ReadonlyMap<string, number> = new Map();

/** Every counter of every window in every environment. */
export async function readSloCounts(
  connection: Connection,
  environments: readonly string[],
  windows: readonly Stretch[],
): Promise<CountsOf> {
  const values = [environments, JSON.stringify(windows)];
  const [counted, routed] = [
    await connection.query<CountRow>(SLO_COUNTS_SQL, values),
    await connection.query<CountRow>(ROUTED_COUNTS_SQL, values),
  ];
  const found = new Map<string, Map<string, number>>();
  for (const { environment, name, metric, n } of [...counted.rows, ...routed.rows]) {
    const key = `${name}\u0000${environment}`;
    const metrics = found.get(key) ?? new Map<string, number>();
    metrics.set(metric, n);
    found.set(key, metrics);
  }
  return (environment, window) => found.get(`${window}\u0000${environment}`) ?? NOTHING;
}
