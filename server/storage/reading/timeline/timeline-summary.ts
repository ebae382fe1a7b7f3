import type { Database } from "../../database";
import type { EventPosition } from "../event-row";
import { IN_RANGE, memberSql, rangeValues, type TimelineRange } from "./members";
import { SEGMENTS, WITHIN_SEGMENT } from "./segments";
import { boundTo, type TimelineFilter } from "./timeline-filter";

export interface TimelineSummaryQuery extends TimelineRange {
  filter: TimelineFilter;
  /** Events that are summarised, filters aside; where there are more, the newest. */
  atMost: number;
  /** Width of the density's buckets: the stretch from the first event to the last in so many parts. */
  buckets: number;
  /** Rows of one chunk of the list. */
  every: number;
  /** Values named of each facet. */
  facetValues: number;
  /** Errors named. */
  listed: number;
}

export interface TimelineSummaryRow {
  total: number;
  first: string | null;
  last: string | null;
  width_ms: number | null;
  /** [bucket, events, errors] of the buckets that have any. */
  buckets: [number, number, number][] | null;
  /** [bucket, connection, instance, events] */
  connection_buckets: [number, string, string, number][] | null;
  /** Where each chunk ends: [at, seq, id]. */
  chunk_ends: [EventPosition["at"], EventPosition["seq"], EventPosition["id"]][] | null;
  facets: { name: "stage" | "type" | "router" | "thread"; value: string; events: number }[] | null;
  /** [id, at, stage, type, connection, instance] of events that failed, the newest first. */
  errors: [string, string, string, string | null, string | null, string | null][] | null;
}

const TEXT_AT = (time: string) => `to_char(${time} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const CONNECTION_BUCKETS = 6_000;

/**
 * The millisecond of the newest events' first, of which there are about `atMost`; no row if there are fewer. By
 * telemetry_event_user_idx and telemetry_event_connection_idx.
 */
export function floorSql(query: TimelineSummaryQuery) {
  const bound = boundTo(rangeValues(query));
  const skip = `${bound.bind(query.atMost - 1)}::int`;
  const text = `WITH ${SEGMENTS}, claimed AS MATERIALIZED (
  SELECT max(nth.time) AS at FROM unnest($1::text[]) AS v(environment) CROSS JOIN LATERAL (
    SELECT e.time FROM telemetry_event e WHERE e.environment = v.environment AND e.user_id = $2 AND ${IN_RANGE}
    ORDER BY e.time DESC OFFSET ${skip} LIMIT 1) nth
), seen AS MATERIALIZED (
  SELECT e.time AS at FROM segment s CROSS JOIN LATERAL (
    SELECT e.time FROM telemetry_event e WHERE ${WITHIN_SEGMENT} AND ${IN_RANGE}
      AND e.time >= COALESCE((SELECT at FROM claimed), '-infinity')
    ORDER BY e.time DESC LIMIT ${skip} + 1) e
  ORDER BY e.time DESC OFFSET ${skip} LIMIT 1
)
SELECT ${TEXT_AT("date_trunc('milliseconds', max(at))")} AS at FROM (SELECT at FROM claimed UNION ALL SELECT at FROM seen) reached
HAVING max(at) IS NOT NULL`;
  return { text, values: bound.values };
}

/** The whole range in figures. Uses the indexes of {@link memberSql}. */
export function timelineSummarySql(query: TimelineSummaryQuery) {
  const bound = boundTo(rangeValues(query));
  const extra = ", e.stage, e.type, e.router, e.thread_id, e.outcome, e.connection_id, e.instance";
  const members = memberSql(query.filter, bound, { extra });
  const numbers = [query.buckets, query.every, query.listed, query.facetValues];
  const [buckets, every, listed, facetValues] = numbers.map((n) => `${bound.bind(n)}::int`);
  const text = `WITH ${members}, whole AS (
  SELECT count(*)::int AS total, min(time) AS first, max(time) AS last,
    GREATEST(ceil(extract(epoch FROM max(time) - min(time)) * 1000 / ${buckets}), 1)::float8 AS width_ms FROM member
), placed AS MATERIALIZED (
  SELECT m.*, m.outcome = 'error' OR m.stage = 'dropped' AS failed,
    floor(extract(epoch FROM m.time - w.first) * 1000 / w.width_ms)::int AS bucket
  FROM member m CROSS JOIN whole w
), numbered AS (
  SELECT time, seq, id, row_number() OVER (ORDER BY time, seq, id) AS place FROM member
), facet AS (
  SELECT CASE WHEN grouping(type) = 0 THEN 'type' WHEN grouping(router) = 0 THEN 'router'
      WHEN grouping(thread_id) = 0 THEN 'thread' ELSE 'stage' END AS name,
    COALESCE(type, router, thread_id, stage) AS value, count(*)::int AS events
  FROM member GROUP BY GROUPING SETS ((type), (router), (thread_id), (stage))
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY name ORDER BY events DESC, value) AS place FROM facet WHERE value IS NOT NULL
)
SELECT w.total, ${TEXT_AT("w.first")} AS first, ${TEXT_AT("w.last")} AS last, w.width_ms,
  (SELECT json_agg(json_build_array(bucket, events, errors) ORDER BY bucket) FROM (
    SELECT bucket, count(*) AS events, count(*) FILTER (WHERE failed) AS errors FROM placed GROUP BY 1) b) AS buckets,
  (SELECT json_agg(json_build_array(bucket, connection_id, instance, events)) FROM (
    SELECT bucket, connection_id, COALESCE(instance, '') AS instance, count(*) AS events FROM placed
    WHERE connection_id IS NOT NULL GROUP BY 1, 2, 3 ORDER BY bucket DESC LIMIT ${CONNECTION_BUCKETS}) b) AS connection_buckets,
  (SELECT json_agg(json_build_array(${TEXT_AT("time")}, seq::text, id) ORDER BY place) FROM numbered
    WHERE place % ${every} = 0 OR place = w.total) AS chunk_ends,
  (SELECT json_agg(json_build_object('name', name, 'value', value, 'events', events) ORDER BY name, place) FROM ranked
    WHERE place <= ${facetValues}) AS facets,
  (SELECT json_agg(json_build_array(id, ${TEXT_AT("time")}, stage, type, connection_id, instance)) FROM (
    SELECT * FROM placed WHERE failed ORDER BY time DESC, seq DESC, id DESC LIMIT ${listed}) f) AS errors
FROM whole w`;
  return { text, values: bound.values };
}

/** Figures of the range, and from when on they hold where the range has more events than are summarised. */
export async function readTimelineSummary(
  { pool }: Database,
  query: TimelineSummaryQuery,
): Promise<{ row: TimelineSummaryRow; coveredFrom: string | null }> {
  const floor = floorSql(query);
  const coveredFrom = (await pool.query<{ at: string }>(floor.text, floor.values)).rows[0]?.at ?? null;
  const { text, values } = timelineSummarySql({ ...query, from: coveredFrom ?? query.from });
  const row = (await pool.query<TimelineSummaryRow>(text, values)).rows[0];
  if (!row) throw new Error("an aggregate gave no row");
  return { row, coveredFrom };
}
