/** One stored event as reads select it, with the order that every page of events keeps: time, then seq, then id. */

/** Position of an event in that order; `at` keeps the microseconds that a Date would lose. */
export interface EventPosition {
  at: string;
  seq: string;
  id: string;
}

export interface EventRow {
  id: string;
  /** `time` as ISO 8601 with microseconds: the cursor's part. */
  at: string;
  time: Date;
  received_at: Date;
  environment: string;
  stage: string;
  type: string | null;
  original_type: string | null;
  user_id: string | null;
  connection_id: string | null;
  thread_id: string | null;
  run_id: string | null;
  message_id: string | null;
  in_reply_to: string | null;
  agent_name: string | null;
  parent_agent: string | null;
  tool_name: string | null;
  tool_call_id: string | null;
  router: string | null;
  handler: string | null;
  /** bigint as text. */
  seq: string | null;
  attempt: number | null;
  outcome: string;
  error_code: string | null;
  error_message: string | null;
  duration_ms: number | null;
  payload_bytes: number | null;
  payload_hash: string | null;
  scope: string;
  service: string | null;
  instance: string | null;
  version: string | null;
  source_id: string | null;
  attributes: Record<string, unknown>;
  payload: unknown;
  connection_user?: string | null;
}

/** Columns of {@link EventRow} of table alias `e`. */
export const EVENT_COLUMNS = `e.id, e.time, e.received_at, e.environment, e.stage, e.type, e.original_type, e.user_id,
  e.connection_id, e.thread_id, e.run_id, e.message_id, e.in_reply_to, e.agent_name, e.parent_agent, e.tool_name,
  e.tool_call_id, e.router, e.handler, e.seq, e.attempt, e.outcome, e.error_code, e.error_message, e.duration_ms,
  e.payload_bytes, e.payload_hash, e.scope, e.service, e.instance, e.version, e.source_id, e.attributes, e.payload`;

/** `at` of table alias `e`. */
export const EVENT_AT = `to_char(e.time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at`;

/** The order of events of table alias `e`; an event without `seq` comes before those with one. */
export const EVENT_ORDER = "e.time, COALESCE(e.seq, -1), e.id";

/** Who was authenticated on the connection of `e` at its time, as `c.connection_user`. Uses connection_interval_pkey. */
export const CONNECTION_USER_JOIN = `LEFT JOIN LATERAL (
    SELECT COALESCE((
      SELECT b ->> 'userId' FROM jsonb_array_elements(ci.bindings) b
      WHERE (b ->> 'atMs')::float8 <= extract(epoch FROM e.time) * 1000
      ORDER BY (b ->> 'atMs')::float8 DESC LIMIT 1
    ), ci.user_id) AS connection_user
    FROM connection_interval ci
    WHERE ci.environment = e.environment AND ci.instance = COALESCE(e.instance, '') AND ci.connection_id = e.connection_id
      AND (ci.opened_at IS NULL OR ci.opened_at <= e.time + interval '1 second')
      AND (ci.closed_at IS NULL OR ci.closed_at >= e.time)
    ORDER BY ci.n DESC LIMIT 1
  ) c ON e.connection_id IS NOT NULL`;

/** Position of a row, to continue behind it. */
export function positionOf(row: EventRow): EventPosition {
  return { at: row.at, seq: row.seq ?? "-1", id: row.id };
}
