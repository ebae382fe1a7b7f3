/** Pages over what is stored, for the recomputation of verdicts and counters. No page holds a transaction longer than itself. */

import type { ObservedEvent } from "@/domain/telemetry/event";
import type { ConnectionKey } from "./connections";
import { EVENT_JSON, parseEvents } from "./event-rows";
import type { JourneyKey } from "./journeys";
import type { Session, Statement } from "./transaction";

/** No table: the sequence that numbers events as they come in. */
export const NEWEST_EVENT: Statement = {
  name: "judge_newest_event",
  text: `SELECT last_value::text AS ordinal FROM telemetry_event_ordinal_seq`,
};

/** The number of the newest event; those that come in from now on have larger ones. */
export async function newestEvent(session: Session): Promise<string> {
  return (await session.query<{ ordinal: string }>(NEWEST_EVENT))[0]?.ordinal ?? "0";
}

/** Uses telemetry_event_pkey of every partition, merged. */
export const EVENT_PAGE: Statement = {
  name: "judge_event_page",
  text: `SELECT string_agg(${EVENT_JSON}::text, ',' ORDER BY e.environment, e.id, e.time) AS events FROM (
      SELECT * FROM telemetry_event e WHERE (e.environment, e.id) > ($1, $2) AND e.ordinal <= $3::bigint
      ORDER BY e.environment, e.id, e.time LIMIT $4::integer) e`,
};

/** Stored events up to a number, in the order of their ids, after the id given. */
export async function eventPage(
  session: Session,
  after: { environment: string; id: string },
  upTo: string,
  limit: number,
): Promise<ObservedEvent[]> {
  const rows = await session.query<{ events: string | null }>(EVENT_PAGE, after.environment, after.id, upTo, limit);
  return parseEvents(rows[0]?.events ?? null).map(({ event }) => event);
}

/** A stored journey, as far as a recomputation compares it. */
export interface StoredVerdict extends JourneyKey {
  verdict: unknown;
  metrics: Record<string, number>;
  minuteMs: number;
  frozen: boolean;
  nextDeadlineMs: number | null;
}

/** Uses journey_pkey. */
export const STORED_VERDICTS: Statement = {
  name: "judge_stored_verdicts",
  text: `SELECT j.environment, j.key, j.verdict, j.contribution AS metrics, j.frozen,
      date_part('epoch', j.contribution_minute) * 1000 AS "minuteMs", date_part('epoch', j.next_deadline) * 1000 AS "nextDeadlineMs"
    FROM json_to_recordset($1::json) AS w(environment text, key text)
    CROSS JOIN LATERAL (SELECT * FROM journey j WHERE j.environment = w.environment AND j.key = w.key OFFSET 0) j`,
};

/** The stored verdicts under these keys. */
export function storedVerdicts(session: Session, keys: readonly JourneyKey[]): Promise<StoredVerdict[]> {
  return session.query<StoredVerdict>(STORED_VERDICTS, JSON.stringify(keys));
}

/** Uses journey_pkey. */
export const JOURNEY_PAGE: Statement = {
  name: "judge_journey_page",
  text: `SELECT environment, key, frozen FROM journey WHERE (environment, key) > ($1, $2) ORDER BY environment, key LIMIT $3::integer`,
};

/** Stored journeys in the order of their keys, after the key given. */
export function journeyPage(
  session: Session,
  after: JourneyKey,
  limit: number,
): Promise<Pick<StoredVerdict, "environment" | "key" | "frozen">[]> {
  return session.query(JOURNEY_PAGE, after.environment, after.key, limit);
}

/** Uses connection_summary_pkey. */
export const CONNECTION_PAGE: Statement = {
  name: "judge_connection_page",
  text: `SELECT environment, instance, connection_id AS "connectionId" FROM connection_summary
    WHERE (environment, instance, connection_id) > ($1, $2, $3)
    ORDER BY environment, instance, connection_id LIMIT $4::integer`,
};

/** Judged connections in the order of their keys, after the key given. */
export function connectionPage(session: Session, after: ConnectionKey, limit: number): Promise<ConnectionKey[]> {
  return session.query<ConnectionKey>(CONNECTION_PAGE, after.environment, after.instance, after.connectionId, limit);
}

/** Uses rollup_pkey for one grain, and reads that grain of router_rollup; deltas that are not folded yet are added. */
export const COUNTER_TOTALS: Statement = {
  name: "judge_counter_totals",
  text: `SELECT environment, date_part('epoch', bucket) * 1000 AS "bucketMs", metric, sum(n)::float8 AS n FROM (
      SELECT environment, bucket, metric, n FROM rollup WHERE grain = $1
      UNION ALL SELECT environment, bucket,
        (jsonb_build_array(kind, router) || name::jsonb)::text, n FROM router_rollup WHERE grain = $1
      UNION ALL SELECT environment, date_trunc($1, minute, 'UTC'),
        CASE WHEN left(metric, 1) = '[' THEN metric::jsonb::text ELSE metric END, n FROM rollup_delta) c
    GROUP BY 1, 2, 3 HAVING sum(n) <> 0`,
};

export interface CounterTotal {
  environment: string;
  bucketMs: number;
  metric: string;
  n: number;
}

/** Every counter of a grain that is not zero. */
export async function counterTotals(session: Session, grain: "minute" | "hour"): Promise<CounterTotal[]> {
  const totals = await session.query<CounterTotal>(COUNTER_TOTALS, grain);
  return totals.map((total) => ({ ...total, metric: withoutSpaces(total.metric) }));
}

/** A JSON name as JavaScript writes it; PostgreSQL puts spaces between its parts. */
function withoutSpaces(metric: string): string {
  return metric.startsWith("[") ? JSON.stringify(JSON.parse(metric)) : metric;
}
