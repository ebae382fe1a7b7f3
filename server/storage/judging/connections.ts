/** Connections: their stored events in, their intervals out. */
import type { ConnectionInterval } from "@/domain/connections/interval";
import type { Contribution } from "@/domain/rollups/contribution";
import type { ConnectionEvent } from "@/domain/telemetry/event";
import { CONNECTION_EVENT_JSON, parseConnectionEvents } from "./event-rows";
import type { Session, Statement } from "./transaction";

/** One connection id on one server instance ("" where none is reported). */
export interface ConnectionKey {
  environment: string;
  instance: string;
  connectionId: string;
}

const WANTED = `json_to_recordset($1::json) AS w(environment text, instance text, "connectionId" text)`;

/** Uses telemetry_event_connection_stage_idx. */
export const CONNECTION_EVENTS: Statement = {
  name: "judge_connection_events",
  text: `SELECT string_agg(${CONNECTION_EVENT_JSON}::text, ',') AS events FROM ${WANTED}
    CROSS JOIN LATERAL (SELECT * FROM telemetry_event e
      WHERE e.environment = w.environment AND e.connection_id = w."connectionId" AND coalesce(e.instance, '') = w.instance
        AND e.stage IN ('connection_opened', 'connection_authenticated', 'connection_rejected', 'connection_closed')
      OFFSET 0) e`,
};

/** Every connection-stage event of these connections; of a repeated id the first received. */
export async function connectionEvents(session: Session, keys: readonly ConnectionKey[]): Promise<ConnectionEvent[]> {
  if (keys.length === 0) return [];
  const rows = await session.query<{ events: string | null }>(CONNECTION_EVENTS, JSON.stringify(keys));
  return parseConnectionEvents(rows[0]?.events ?? null);
}

/** Uses telemetry_event_connection_idx. */
export const FIRST_ACKS: Statement = {
  name: "judge_first_acks",
  text: `SELECT w.environment, w.instance, w."connectionId", date_part('epoch', e.time) * 1000 AS "atMs"
    FROM json_to_recordset($1::json)
      AS w(environment text, instance text, "connectionId" text, "fromMs" float8, "toMs" float8)
    CROSS JOIN LATERAL (SELECT e.time FROM telemetry_event e
      WHERE e.environment = w.environment AND e.connection_id = w."connectionId" AND coalesce(e.instance, '') = w.instance
        AND e.time >= coalesce(to_timestamp(w."fromMs" / 1000), '-infinity')
        AND e.time < coalesce(to_timestamp(w."toMs" / 1000), 'infinity') AND e.stage = 'acked'
      ORDER BY e.time LIMIT 1) e`,
};

/** A span of a connection's time; null = without bound. */
export interface ConnectionSpan extends ConnectionKey {
  fromMs: number | null;
  toMs: number | null;
}

/** The first `acked` event in each of these spans, where there is one. */
export async function firstAcks(
  session: Session,
  spans: readonly ConnectionSpan[],
): Promise<(ConnectionKey & { atMs: number })[]> {
  return spans.length === 0 ? [] : session.query<ConnectionKey & { atMs: number }>(FIRST_ACKS, JSON.stringify(spans));
}

/** Uses connection_summary_pkey. */
export const CONNECTION_SUMMARIES: Statement = {
  name: "judge_connection_summaries",
  text: `SELECT s.environment, s.instance, s.connection_id AS "connectionId", s.contribution
    FROM ${WANTED} CROSS JOIN LATERAL (SELECT * FROM connection_summary s WHERE s.environment = w.environment
      AND s.instance = w.instance AND s.connection_id = w."connectionId" OFFSET 0) s`,
};

/** A connection and what it counts for, one entry a minute. */
export interface ConnectionSummary extends ConnectionKey {
  contribution: Contribution[];
}

/** What these connections added to the rollups when they were last judged. */
export async function connectionSummaries(
  session: Session,
  keys: readonly ConnectionKey[],
): Promise<ConnectionSummary[]> {
  return keys.length === 0 ? [] : session.query<ConnectionSummary>(CONNECTION_SUMMARIES, JSON.stringify(keys));
}

/** Uses connection_interval_pkey. */
export const DELETE_INTERVALS: Statement = {
  name: "judge_delete_intervals",
  text: `DELETE FROM connection_interval i USING ${WANTED}
    WHERE i.environment = w.environment AND i.instance = w.instance AND i.connection_id = w."connectionId"`,
};

/** Inserts into connection_interval after its rows were deleted. */
export const INSERT_INTERVALS: Statement = {
  name: "judge_insert_intervals",
  text: `INSERT INTO connection_interval (environment, instance, connection_id, n, opened_at, authenticated_at,
      closed_at, close_code, user_id, bindings, acks)
    SELECT environment, instance, "connectionId", n, to_timestamp("openedAtMs" / 1000),
      to_timestamp("authenticatedAtMs" / 1000), to_timestamp("closedAtMs" / 1000), "closeCode", "userId", bindings, acks
    FROM json_to_recordset($1::json) AS w(environment text, instance text, "connectionId" text, n integer,
      "openedAtMs" float8, "authenticatedAtMs" float8, "closedAtMs" float8, "closeCode" integer, "userId" text,
      bindings jsonb, acks boolean)`,
};

/** Uses connection_summary_pkey. */
export const UPSERT_SUMMARIES: Statement = {
  name: "judge_upsert_summaries",
  text: `INSERT INTO connection_summary AS s (environment, instance, connection_id, contribution, judged_at)
    SELECT environment, instance, "connectionId", contribution, to_timestamp($2::float8 / 1000)
    FROM json_to_recordset($1::json) AS w(environment text, instance text, "connectionId" text, contribution jsonb)
    ON CONFLICT (environment, instance, connection_id)
    DO UPDATE SET contribution = EXCLUDED.contribution, judged_at = EXCLUDED.judged_at`,
};

/** Replaces the intervals of `summaries`' connections by `intervals`, and what they count. */
export async function replaceConnections(
  session: Session,
  summaries: readonly ConnectionSummary[],
  intervals: readonly ConnectionInterval[],
  nowMs: number,
): Promise<void> {
  if (summaries.length === 0) return;
  const keys = summaries.map(({ environment, instance, connectionId }) => ({ environment, instance, connectionId }));
  await session.query(DELETE_INTERVALS, JSON.stringify(keys));
  if (intervals.length > 0) await session.query(INSERT_INTERVALS, JSON.stringify(intervals));
  await session.query(UPSERT_SUMMARIES, JSON.stringify(summaries), nowMs);
}
