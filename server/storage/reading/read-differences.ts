/** Counts by which failed journeys are compared with healthy ones. Bounded samples, whatever the range holds. */
import { BUCKET_EDGES, type Dimension } from "@/domain/differences/dimensions";
import type { Database } from "../database";

export interface CompareFilter {
  finding: string | null;
  step: string | null;
  user: string | null;
  router: string | null;
  versions: string[] | null;
  instances: string[] | null;
}

export interface CompareQuery {
  environment: string;
  from: Date;
  to: Date;
  /** Failed ones are taken from the newest, so many at most; then the filter. */
  failedLimit: number;
  /** Healthy ones are the newest of each of so many equal stretches of time. */
  slices: number;
  healthyPerSlice: number;
  filter: CompareFilter;
  /** Healthy ones are narrowed to the filter's user, router, versions and instances too. */
  alike: boolean;
  /** Values beyond the most frequent among the failed are counted only. */
  valueLimit: number;
}

/** `dimension` is null in the row that counts the journeys themselves. */
export interface CompareRow {
  dimension: Dimension | null;
  value: string | null;
  failed: number;
  healthy: number;
  looked: number;
}

/** How many journeys of a status there are, counted no further than `$5`, and the first of them. Uses journey_status_idx. */
export const COUNT_STATUS_SQL = `
SELECT count(*)::int AS n, min(s.started_at) AS oldest FROM (
  SELECT j.started_at FROM journey j
  WHERE j.environment = $1 AND j.status = $2 AND j.started_at >= COALESCE($3::timestamptz, '-infinity') AND j.started_at < $4
  ORDER BY j.started_at DESC LIMIT $5
) s`;

export async function countStatus(
  { pool }: Database,
  query: { environment: string; status: "failed" | "succeeded"; from: Date | null; to: Date; atMost: number },
): Promise<{ n: number; oldest: Date | null }> {
  const values = [query.environment, query.status, query.from, query.to, query.atMost];
  const { rows } = await pool.query<{ n: number; oldest: Date | null }>(COUNT_STATUS_SQL, values);
  return rows[0] ?? { n: 0, oldest: null };
}

const COLUMNS = "j.owner, j.findings, j.broken_step, j.routers, j.versions, j.instances, j.traits";

/** Both samples by journey_status_idx, then how many journeys of each hold each value. */
export function compareSql(query: CompareQuery) {
  const { environment, from, to, failedLimit, slices, healthyPerSlice, filter, alike, valueLimit } = query;
  const values: unknown[] = [environment, from, to, failedLimit, slices, healthyPerSlice, valueLimit];
  const bind = (value: unknown) => `$${values.push(value)}`;
  const sliceStart = (n: string) => `$2::timestamptz + ($3::timestamptz - $2::timestamptz) * (${n}::float8 / $5::int)`;
  const lists = (dimension: Dimension, column: string) =>
    `SELECT failed, '${dimension}' AS dimension, v AS value FROM sample, unnest(${column}) v`;
  const names = (dimension: Dimension, field: string) =>
    `SELECT failed, '${dimension}', v FROM sample, jsonb_array_elements_text(traits -> '${field}') v`;
  const buckets = (dimension: Dimension, field: string) =>
    `SELECT failed, '${dimension}', width_bucket((traits ->> '${field}')::float8, ${bind(BUCKET_EDGES[dimension])}::float8[])::text
     FROM sample WHERE traits ->> '${field}' IS NOT NULL`;
  const alikeOnly = alike ? conditions({ ...filter, finding: null, step: null }, bind) : "";
  const text = `
WITH sample AS MATERIALIZED (
  SELECT true AS failed, j.* FROM (
    SELECT ${COLUMNS} FROM journey j
    WHERE j.environment = $1 AND j.status = 'failed' AND j.started_at >= $2 AND j.started_at < $3
    ORDER BY j.started_at DESC, j.key LIMIT $4
  ) j WHERE true${conditions(filter, bind)}
  UNION ALL
  SELECT false, j.* FROM generate_series(0, $5::int - 1) n CROSS JOIN LATERAL (
    SELECT ${COLUMNS} FROM journey j
    WHERE j.environment = $1 AND j.status = 'succeeded'
      AND j.started_at >= ${sliceStart("n")} AND j.started_at < ${sliceStart("(n + 1)")}
    ORDER BY j.started_at DESC, j.key LIMIT $6
  ) j WHERE true${alikeOnly}
), value AS (
  ${[
    lists("router", "routers"),
    lists("version", "versions"),
    lists("instance", "instances"),
    names("handler", "handlers"),
    names("agent", "agents"),
    names("tool", "tools"),
    buckets("connectionAge", "connectionAgeMs"),
    buckets("payloadSize", "payloadBytes"),
  ].join("\n  UNION ALL ")}
)
SELECT NULL AS dimension, NULL AS value, ${SIDES}, 0 AS looked FROM sample
UNION ALL
(SELECT dimension, value, ${SIDES}, (count(*) OVER ())::int FROM value
  GROUP BY dimension, value ORDER BY failed DESC, dimension, value LIMIT $7)`;
  return { text, values };
}

const SIDES = "(count(*) FILTER (WHERE failed))::int AS failed, (count(*) FILTER (WHERE NOT failed))::int AS healthy";

function conditions(filter: CompareFilter, bind: (value: unknown) => string): string {
  const parts: string[] = [];
  if (filter.finding) parts.push(`j.findings @> ARRAY[${bind(filter.finding)}::text]`);
  if (filter.step) parts.push(`j.broken_step = ${bind(filter.step)}`);
  if (filter.user) parts.push(`j.owner = ${bind(filter.user)}`);
  if (filter.router) parts.push(`j.routers @> ARRAY[${bind(filter.router)}::text]`);
  if (filter.versions) parts.push(`j.versions @> ${bind(filter.versions)}::text[]`);
  if (filter.instances) parts.push(`j.instances @> ${bind(filter.instances)}::text[]`);
  return parts.map((part) => ` AND ${part}`).join("");
}

export async function readComparison({ pool }: Database, query: CompareQuery): Promise<CompareRow[]> {
  return (await pool.query<CompareRow>(compareSql(query))).rows;
}
