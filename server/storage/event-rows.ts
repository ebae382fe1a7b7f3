/** How events are written: one JSON array of arrays for a whole batch, which PostgreSQL takes apart faster than records. */
import type { TelemetryEvent } from "@/domain/telemetry/event";

type Cell = string | number | null | object | boolean;

interface Column {
  name: string;
  /** SQL for the value, given the position `i` in the row's array `a`. */
  read: (i: number) => string;
  write: (event: TelemetryEvent) => Cell;
}

const text = (name: string, write: Column["write"]): Column => ({ name, read: (i) => `a->>${i}`, write });
const number = (name: string, type: string, write: Column["write"]): Column => ({
  name,
  read: (i) => `(a->>${i})::${type}`,
  write,
});
/** A whole number of µs is exact in JSON and in a double. */
const time = (name: string, writeMs: (event: TelemetryEvent) => number): Column => ({
  name,
  read: (i) => `to_timestamp((a->>${i})::float8 / 1000000)`,
  write: (event) => toMicros(writeMs(event)),
});

/** `environment`, `id` and `time` come first: the statement below names their positions. */
const COLUMNS: readonly Column[] = [
  text("environment", (e) => e.environment),
  text("id", (e) => e.id),
  time("time", (e) => e.timeMs),
  time("received_at", (e) => e.receivedAtMs),
  text("stage", (e) => e.stage),
  text("type", (e) => e.type),
  text("original_type", (e) => e.originalType),
  text("user_id", (e) => e.userId),
  text("connection_id", (e) => e.connectionId),
  text("thread_id", (e) => e.threadId),
  text("run_id", (e) => e.runId),
  text("message_id", (e) => e.messageId),
  text("in_reply_to", (e) => e.inReplyTo),
  text("agent_name", (e) => e.agentName),
  text("parent_agent", (e) => e.parentAgent),
  text("tool_name", (e) => e.toolName),
  text("tool_call_id", (e) => e.toolCallId),
  text("router", (e) => e.router),
  text("handler", (e) => e.handler),
  number("seq", "bigint", (e) => e.seq),
  number("attempt", "integer", (e) => e.attempt),
  text("outcome", (e) => e.outcome),
  text("error_code", (e) => e.errorCode),
  text("error_message", (e) => e.errorMessage),
  number("duration_ms", "float8", (e) => e.durationMs),
  number("payload_bytes", "float8", (e) => e.payloadBytes),
  text("payload_hash", (e) => e.payloadHash),
  text("payload_hash_kind", (e) => e.payloadHashKind),
  text("scope", (e) => e.scope),
  text("service", (e) => e.service),
  text("instance", (e) => e.instance),
  text("version", (e) => e.version),
  text("source_id", (e) => e.sourceId),
  number("clock_offset_ms", "float8", (e) => e.clockOffsetMs),
  { name: "routing_ids", read: (i) => `(a->>${i})::text[]`, write: (e) => arrayLiteral(e.routingIds) },
  { name: "canary_users", read: (i) => `(a->>${i})::text[]`, write: (e) => arrayLiteral(e.canaryUsers) },
  { name: "attributes", read: (i) => `a->${i}`, write: (e) => e.attributes },
  { name: "payload", read: (i) => `nullif(a->${i}, 'null')`, write: (e) => e.payload },
];

/**
 * Inserts the rows that are new, in the order of their key so that two batches never wait for each other in a circle.
 * Answers with the others: `reused` where the id is stored with another time only.
 * Uses telemetry_event_pkey of every partition, since an id may have any time; OFFSET 0 keeps the planner from joining
 * with whole partitions instead.
 */
export const INSERT_EVENTS = {
  name: "insert_events",
  text: `WITH row AS MATERIALIZED (
      SELECT n, a, a->>0 AS environment, a->>1 AS id, to_timestamp((a->>2)::float8 / 1000000) AS time
      FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS element(a, n)),
    stored AS MATERIALIZED (
      SELECT e.environment, e.id, e.time
      FROM (SELECT environment, array_agg(id) AS ids FROM row GROUP BY environment) wanted
      CROSS JOIN LATERAL (SELECT e.environment, e.id, e.time FROM telemetry_event e
        WHERE e.environment = wanted.environment AND e.id = ANY (wanted.ids) OFFSET 0) e),
    inserted AS (
      INSERT INTO telemetry_event (${COLUMNS.map((column) => column.name).join(", ")})
      SELECT ${COLUMNS.map((column, i) => column.read(i)).join(", ")} FROM row
      WHERE NOT EXISTS (SELECT 1 FROM stored s WHERE s.environment = row.environment AND s.id = row.id)
      ORDER BY row.environment, row.id
      ON CONFLICT DO NOTHING
      RETURNING environment, id)
    SELECT row.n::integer AS position, coalesce(NOT bool_or(s.time = row.time), false) AS reused
    FROM row LEFT JOIN stored s ON s.environment = row.environment AND s.id = row.id
    WHERE NOT EXISTS (SELECT 1 FROM inserted i WHERE i.environment = row.environment AND i.id = row.id)
    GROUP BY row.n`,
};

/** Of these ids those that are stored, with their times in µs. Uses telemetry_event_pkey of every partition. */
export const STORED_IDS = {
  name: "stored_ids",
  text: `SELECT e.id, (date_part('epoch', e.time) * 1000000)::bigint AS micros FROM telemetry_event e
    WHERE e.environment = $1 AND e.id = ANY ($2::text[])`,
};

/**
 * Inserts rows of which none is stored, and fails with a unique violation where one comes in at the same moment: a third
 * cheaper than {@link INSERT_EVENTS}, which nearly every batch does not need. Reads nothing. Answers with their ordinals, in their order, and the number of
 * the transaction.
 */
export const INSERT_NEW_EVENTS = {
  name: "insert_new_events",
  text: `WITH inserted AS (
      INSERT INTO telemetry_event (${COLUMNS.map((column) => column.name).join(", ")})
      SELECT ${COLUMNS.map((column, i) => column.read(i)).join(", ")} FROM jsonb_array_elements($1::jsonb) AS row(a)
      RETURNING ordinal)
    SELECT array_agg(ordinal)::text AS ordinals, pg_current_xact_id()::xid::text AS transaction FROM inserted`,
};

/** The parameter of {@link INSERT_EVENTS} and {@link INSERT_NEW_EVENTS}. */
export function eventRows(events: readonly TelemetryEvent[]): string {
  return JSON.stringify(events.map((event) => COLUMNS.map((column) => column.write(event))));
}

/** Time as it is stored: whole µs. */
export function toMicros(timeMs: number): number {
  return Math.round(timeMs * 1000);
}

function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`;
}
