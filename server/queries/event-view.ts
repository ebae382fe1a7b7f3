import type { TelemetryEventView } from "@/contracts/http";
import type { EventRow } from "@/server/storage/reading/event-row";
import { iso } from "./iso";

/** One stored event as it leaves Signalbox; null fields are left out. */
export function eventView(row: EventRow): TelemetryEventView {
  const optional = {
    type: row.type,
    originalType: row.original_type,
    userId: row.user_id,
    connectionUser: row.connection_user ?? null,
    connectionId: row.connection_id,
    threadId: row.thread_id,
    runId: row.run_id,
    messageId: row.message_id,
    inReplyTo: row.in_reply_to,
    agentName: row.agent_name,
    parentAgent: row.parent_agent,
    toolName: row.tool_name,
    toolCallId: row.tool_call_id,
    router: row.router,
    handler: row.handler,
    seq: row.seq === null ? null : Number(row.seq),
    attempt: row.attempt,
    errorCode: row.error_code,
    errorMessage: row.error_message,
    durationMs: row.duration_ms,
    payloadBytes: row.payload_bytes,
    payloadHash: row.payload_hash,
    service: row.service,
    instance: row.instance,
    version: row.version,
    sourceId: row.source_id,
    attributes: Object.keys(row.attributes).length > 0 ? row.attributes : null,
    payload: row.payload,
  };
  return {
    id: row.id,
    time: iso(row.time),
    receivedAt: iso(row.received_at),
    stage: row.stage,
    environment: row.environment,
    outcome: row.outcome,
    scope: row.scope,
    ...withoutNulls(optional),
  };
}

type Present<T> = { [K in keyof T]?: NonNullable<T[K]> };

function withoutNulls<T extends object>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null)) as Present<T>;
}
