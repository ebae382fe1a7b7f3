import type { Database } from "../../database";
import { CONNECTION_USER_JOIN, EVENT_AT, EVENT_COLUMNS, type EventPosition, type EventRow } from "../event-row";
import { IN_RANGE, memberSql, rangeValues, type TimelineRange } from "./members";
import { SEGMENTS, WITHIN_SEGMENT } from "./segments";
import { type Bound, boundTo, isNarrowed, type TimelineFilter } from "./timeline-filter";

export interface TimelinePageQuery extends TimelineRange {
  filter: TimelineFilter;
  after: EventPosition | null;
  limit: number;
}

/** Events that one statement looks through where a filter may leave few of them. */
const LOOKED_THROUGH = 5_000;
/** Statements for one page; what they do not reach is reached by the next page. */
const MAX_STATEMENTS = 3;
const BEFORE_ALL_SEQ = "-9223372036854775808";

function afterSql(after: EventPosition | null, { bind }: Bound): string {
  if (after === null) return "";
  const at = `${bind(after.at)}::timestamptz`;
  return ` AND e.time >= ${at} AND (e.time, COALESCE(e.seq, -1), e.id) > (${at}, ${bind(after.seq)}::bigint, ${bind(after.id)}::text)`;
}

/** The range without what lies before the position. */
function rest(query: TimelinePageQuery): TimelineRange {
  const { environments, user, from, to, after } = query;
  const later = after !== null && (from === null || Date.parse(after.at) >= new Date(from).getTime());
  return { environments, user, from: later ? after.at : from, to };
}

/**
 * A time before which at least `count` events of the timeline come after a position, filters aside; no row if there are
 * not so many. Claims by telemetry_event_user_idx, then the user's connections by telemetry_event_connection_idx.
 */
export function horizonSql(query: TimelinePageQuery, count: number) {
  const bound = boundTo(rangeValues(rest(query)));
  const after = afterSql(query.after, bound);
  const skip = `${bound.bind(count - 1)}::int`;
  const text = `WITH ${SEGMENTS}, claimed AS MATERIALIZED (
  SELECT min(nth.time) AS at FROM unnest($1::text[]) AS v(environment) CROSS JOIN LATERAL (
    SELECT e.time FROM telemetry_event e WHERE e.environment = v.environment AND e.user_id = $2 AND ${IN_RANGE}${after}
    ORDER BY e.time OFFSET ${skip} LIMIT 1) nth
), seen AS MATERIALIZED (
  SELECT e.time AS at FROM segment s CROSS JOIN LATERAL (
    SELECT e.time FROM telemetry_event e WHERE ${WITHIN_SEGMENT} AND ${IN_RANGE}
      AND e.time <= COALESCE((SELECT at FROM claimed), 'infinity')${after}
    ORDER BY e.time LIMIT ${skip} + 1) e
  ORDER BY e.time OFFSET ${skip} LIMIT 1
)
SELECT to_char((min(at) + interval '1 microsecond') AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS before
FROM (SELECT at FROM claimed UNION ALL SELECT at FROM seen) reached HAVING min(at) IS NOT NULL`;
  return { text, values: bound.values };
}

/** The first `limit` events after a position, oldest first; rows by telemetry_event_pkey. */
export function timelinePageSql(query: TimelinePageQuery) {
  const bound = boundTo(rangeValues(rest(query)));
  const members = memberSql(query.filter, bound, { after: afterSql(query.after, bound) });
  const text = `WITH ${members}
SELECT ${EVENT_COLUMNS}, ${EVENT_AT}, c.connection_user
FROM (SELECT * FROM member ORDER BY time, seq, id LIMIT ${bound.bind(query.limit)}::int) m
JOIN telemetry_event e ON e.environment = m.environment AND e.id = m.id AND e.time = m.time
${CONNECTION_USER_JOIN}
ORDER BY m.time, m.seq, m.id`;
  return { text, values: bound.values };
}

export interface TimelineRows {
  rows: EventRow[];
  /** Where to go on although there are fewer rows than asked for; null = everything up to the last row was seen. */
  goOn: EventPosition | null;
}

/** One page of what happened to a user, oldest first. Each statement looks through a bounded number of events. */
export async function readTimelinePage({ pool }: Database, query: TimelinePageQuery): Promise<TimelineRows> {
  const rows: EventRow[] = [];
  let after = query.after;
  for (let statement = 0; statement < MAX_STATEMENTS; statement++) {
    const wanted = { ...query, after, limit: query.limit - rows.length };
    const horizon = horizonSql(wanted, isNarrowed(query.filter) ? LOOKED_THROUGH : wanted.limit);
    const before = (await pool.query<{ before: string }>(horizon.text, horizon.values)).rows[0]?.before ?? null;
    const page = timelinePageSql({ ...wanted, to: before ?? query.to });
    rows.push(...(await pool.query<EventRow>(page.text, page.values)).rows);
    if (before === null || rows.length >= query.limit) return { rows, goOn: null };
    after = { at: before, seq: BEFORE_ALL_SEQ, id: "" };
  }
  return { rows, goOn: after };
}
