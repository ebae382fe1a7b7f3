/**
 * The vocabulary of telemetry: what one stored observation looks like after normalisation.
 * Absent fields are `null`, never missing, so that two equal events are equal structurally.
 */

export const STAGES = [
  "connection_opened",
  "connection_authenticated",
  "connection_rejected",
  "connection_closed",
  "received",
  "routed",
  "emitted",
  "sent",
  "acked",
  "dropped",
  "persisted",
  "state",
] as const;
export type Stage = (typeof STAGES)[number];

export const CONNECTION_STAGES = [
  "connection_opened",
  "connection_authenticated",
  "connection_rejected",
  "connection_closed",
] as const satisfies readonly Stage[];

/** The five agent events every user is owed, in the order a person sees them. */
export const CRITICAL_TYPES = [
  "agent_started",
  "agent_thinking",
  "tool_executing",
  "tool_completed",
  "agent_completed",
] as const;
export type CriticalType = (typeof CRITICAL_TYPES)[number];

export type Outcome = "ok" | "error";
export type Scope = "user" | "thread" | "broadcast";
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What the judge needs of one observation: identity and routing, no content. Times are ms since the epoch, with µs as fraction. */
export interface ObservedEvent {
  environment: string;
  id: string;
  timeMs: number;
  receivedAtMs: number;
  /** received − stated by the sender's clock; 0 where the sender states no clock. Deadlines compare event times with `now − clockOffsetMs`. */
  clockOffsetMs: number;
  stage: Stage;
  /** Canonical message type (aliases resolved). */
  type: string | null;
  userId: string | null;
  connectionId: string | null;
  threadId: string | null;
  runId: string | null;
  messageId: string | null;
  inReplyTo: string | null;
  agentName: string | null;
  parentAgent: string | null;
  toolName: string | null;
  toolCallId: string | null;
  router: string | null;
  handler: string | null;
  seq: number | null;
  attempt: number | null;
  outcome: Outcome;
  errorCode: string | null;
  durationMs: number | null;
  payloadBytes: number | null;
  payloadHash: string | null;
  payloadHashKind: "client" | "server" | null;
  /** Ids in routing fields of the payload, taken before redaction; at most 32. */
  routingIds: readonly string[];
  /** Users for whom the canary tokens were planted that the payload held; only tokens that existed when it came in. */
  canaryUsers: readonly string[];
  scope: Scope;
  service: string | null;
  instance: string | null;
  version: string | null;
  /** The subscribed source that reported it; null for HTTP and push. */
  sourceId: string | null;
}

/** A connection-stage observation, with the attributes that intervals are built from. */
export interface ConnectionEvent extends ObservedEvent {
  closeCode: number | null;
  /** Announced again after a (re)connect to Signalbox, not newly opened. */
  snapshot: boolean;
}

/** A whole stored event: what the evidence drawer and the export show. */
export interface TelemetryEvent extends ObservedEvent {
  originalType: string | null;
  errorMessage: string | null;
  attributes: Record<string, Json>;
  payload: Json;
}
