/** Events around one leak: those of its message, those of its connection, and whose the connection was. */
import type { Database } from "../../database";
import { CONNECTION_USER_JOIN, EVENT_AT, EVENT_COLUMNS, type EventRow } from "../event-row";

/**
 * Stages of one message within a day of the moment (telemetry_event_message_idx), of this run or of none where a run is
 * known, and the events that are named (telemetry_event_pkey).
 */
export const MESSAGE_STAGES_SQL = `SELECT ${EVENT_COLUMNS}, ${EVENT_AT}, c.connection_user FROM (
    SELECT e.environment, e.id, e.time FROM telemetry_event e WHERE e.environment = $1 AND e.message_id = $2
      AND ($3::text IS NULL OR e.run_id IS NULL OR e.run_id = $3)
      AND e.time >= $5::timestamptz - interval '1 day' AND e.time < $5::timestamptz + interval '1 day'
    UNION
    SELECT e.environment, e.id, e.time FROM unnest($4::text[]) AS named(id)
    CROSS JOIN LATERAL (SELECT * FROM telemetry_event e WHERE e.environment = $1 AND e.id = named.id OFFSET 0) e) m
  JOIN telemetry_event e ON e.environment = m.environment AND e.id = m.id AND e.time = m.time
  ${CONNECTION_USER_JOIN}
  ORDER BY e.time, COALESCE(e.seq, -1), e.id LIMIT $6`;

/** The last events of a connection's own life up to a moment, newest first. By telemetry_event_connection_stage_idx. */
export const CONNECTION_LIFE_SQL = `SELECT ${EVENT_COLUMNS}, ${EVENT_AT}, c.connection_user FROM (
    SELECT * FROM telemetry_event e WHERE e.environment = $1 AND e.connection_id = $2
      AND e.stage IN ('connection_opened', 'connection_authenticated', 'connection_rejected', 'connection_closed')
      AND e.time < $4::timestamptz AND COALESCE(e.instance, '') = $3
    ORDER BY e.time DESC, e.id LIMIT $5) e
  ${CONNECTION_USER_JOIN}`;

/** The interval of a connection that holds a moment, or the last before it. By connection_interval_pkey. */
export const INTERVAL_AT_SQL = `SELECT connection_id, instance, opened_at, closed_at, close_code, user_id, bindings
  FROM connection_interval i WHERE i.environment = $1 AND i.instance = $3 AND i.connection_id = $2
    AND (i.opened_at IS NULL OR i.opened_at <= $4::timestamptz + interval '1 second')
  ORDER BY i.n DESC LIMIT 1`;

export interface IntervalAtRow {
  connection_id: string;
  instance: string;
  opened_at: Date | null;
  closed_at: Date | null;
  close_code: number | null;
  user_id: string | null;
  bindings: unknown;
}

export interface MessageStagesQuery {
  environment: string;
  messageId: string | null;
  runId: string | null;
  eventIds: string[];
  at: Date;
  limit: number;
}

export async function readMessageStages({ pool }: Database, query: MessageStagesQuery): Promise<EventRow[]> {
  const { environment, messageId, runId, eventIds, at, limit } = query;
  return (await pool.query<EventRow>(MESSAGE_STAGES_SQL, [environment, messageId, runId, eventIds, at, limit])).rows;
}

export interface ConnectionAt {
  environment: string;
  connectionId: string;
  /** "" where none was reported. */
  instance: string;
  at: Date;
}

/** Oldest first. */
export async function readConnectionLife(
  { pool }: Database,
  { environment, connectionId, instance, at }: ConnectionAt,
  limit: number,
): Promise<EventRow[]> {
  const values = [environment, connectionId, instance, at, limit];
  return (await pool.query<EventRow>(CONNECTION_LIFE_SQL, values)).rows.reverse();
}

export async function readIntervalAt({ pool }: Database, query: ConnectionAt): Promise<IntervalAtRow | null> {
  const { environment, connectionId, instance, at } = query;
  return (await pool.query<IntervalAtRow>(INTERVAL_AT_SQL, [environment, connectionId, instance, at])).rows[0] ?? null;
}
