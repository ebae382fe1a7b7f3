/** How observations leave the database for the judge: one JSON array a row, which parses several times faster than columns. */
import type { ConnectionEvent, ObservedEvent, Outcome, Scope, Stage } from "@/domain/telemetry/event";
import type { StoredEvent } from "../recent-events";

/** µs since the epoch as a whole number; a double holds them exactly. */
const micros = (column: string) => `(date_part('epoch', ${column}) * 1000000)::bigint`;

const FIELDS = [
  "e.ordinal",
  "e.environment",
  "e.id",
  micros("e.time"),
  micros("e.received_at"),
  "e.clock_offset_ms",
  "e.stage",
  "e.type",
  "e.user_id",
  "e.connection_id",
  "e.thread_id",
  "e.run_id",
  "e.message_id",
  "e.in_reply_to",
  "e.agent_name",
  "e.parent_agent",
  "e.tool_name",
  "e.tool_call_id",
  "e.router",
  "e.handler",
  "e.seq",
  "e.attempt",
  "e.outcome",
  "e.error_code",
  "e.duration_ms",
  "e.payload_bytes",
  "e.payload_hash",
  "e.payload_hash_kind",
  "e.scope",
  "e.service",
  "e.instance",
  "e.version",
  "e.source_id",
  "nullif(e.routing_ids, '{}')",
  "nullif(e.canary_users, '{}')",
];

/** SQL for one observation of alias `e`. */
export const EVENT_JSON = `json_build_array(${FIELDS.join(", ")})`;

/** SQL for one connection-stage observation of alias `e`, with the attributes that intervals are built from. */
export const CONNECTION_EVENT_JSON = `json_build_array(${[...FIELDS, "e.attributes->'closeCode'", "e.attributes->'snapshot'"].join(", ")})`;

type Text = string | null;
type Count = number | null;

/** Mirrors {@link FIELDS}: written by the query beside it, so it is read without another check. */
type EventRow = [
  ordinal: number,
  environment: string,
  id: string,
  timeUs: number,
  receivedUs: number,
  clockOffsetMs: number,
  stage: Stage,
  type: Text,
  userId: Text,
  connectionId: Text,
  threadId: Text,
  runId: Text,
  messageId: Text,
  inReplyTo: Text,
  agentName: Text,
  parentAgent: Text,
  toolName: Text,
  toolCallId: Text,
  router: Text,
  handler: Text,
  seq: Count,
  attempt: Count,
  outcome: Outcome,
  errorCode: Text,
  durationMs: Count,
  payloadBytes: Count,
  payloadHash: Text,
  payloadHashKind: "client" | "server" | null,
  scope: Scope,
  service: Text,
  instance: Text,
  version: Text,
  sourceId: Text,
  routingIds: string[] | null,
  canaryUsers: string[] | null,
  closeCode?: unknown,
  snapshot?: unknown,
];

function toEvent(row: EventRow): ObservedEvent {
  return {
    environment: row[1],
    id: row[2],
    timeMs: row[3] / 1000,
    receivedAtMs: row[4] / 1000,
    clockOffsetMs: row[5],
    stage: row[6],
    type: row[7],
    userId: row[8],
    connectionId: row[9],
    threadId: row[10],
    runId: row[11],
    messageId: row[12],
    inReplyTo: row[13],
    agentName: row[14],
    parentAgent: row[15],
    toolName: row[16],
    toolCallId: row[17],
    router: row[18],
    handler: row[19],
    seq: row[20],
    attempt: row[21],
    outcome: row[22],
    errorCode: row[23],
    durationMs: row[24],
    payloadBytes: row[25],
    payloadHash: row[26],
    payloadHashKind: row[27],
    scope: row[28],
    service: row[29],
    instance: row[30],
    version: row[31],
    sourceId: row[32],
    routingIds: row[33] ?? [],
    canaryUsers: row[34] ?? [],
  };
}

function rowsOf(text: string | null): EventRow[] {
  return text === null ? [] : (JSON.parse(`[${text}]`) as EventRow[]);
}

/** Reads what `string_agg(EVENT_JSON::text, ',')` gave. */
export function parseEvents(text: string | null): StoredEvent[] {
  return rowsOf(text).map((row) => ({ ordinal: row[0], event: toEvent(row) }));
}

/** Reads what `string_agg(CONNECTION_EVENT_JSON::text, ',')` gave; of a repeated id the first received is kept. */
export function parseConnectionEvents(text: string | null): ConnectionEvent[] {
  const seen = new Set<string>();
  return rowsOf(text)
    .sort((a, b) => a[0] - b[0])
    .flatMap((row) => {
      const key = `${row[1]}\u0000${row[2]}`;
      if (seen.has(key)) return [];
      seen.add(key);
      const code = typeof row[35] === "string" && row[35] !== "" ? Number(row[35]) : row[35];
      const closeCode = typeof code === "number" && Number.isInteger(code) && Math.abs(code) < 2 ** 31 ? code : null;
      return [{ ...toEvent(row), closeCode, snapshot: row[36] === true || row[36] === "true" }];
    });
}
