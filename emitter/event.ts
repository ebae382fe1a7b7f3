/** What a watched system reports: one observation, before the emitter adds who is speaking. */

import { requirementsOf, STAGES, type Stage } from "@/contracts/source";

export type EmitterStage = Stage;
export type AttributeValue = string | number | boolean | null;

export interface EmitterEvent {
  stage: EmitterStage;
  /** Message type: `user_message`, `agent_started`, … */
  type?: string;
  /** Idempotency key; made by the emitter where absent. */
  id?: string;
  /** When it happened, in ms since the epoch; now where absent. */
  timeMs?: number;
  userId?: string;
  connectionId?: string;
  threadId?: string;
  runId?: string;
  messageId?: string;
  /** The inbound message that this run answers. */
  inReplyTo?: string;
  agentName?: string;
  parentAgent?: string;
  toolName?: string;
  toolCallId?: string;
  router?: string;
  handler?: string;
  /** Position within the run. */
  seq?: number;
  /** Retry number, from 1. */
  attempt?: number;
  outcome?: "ok" | "error";
  errorCode?: string;
  errorMessage?: string;
  durationMs?: number;
  payloadBytes?: number;
  payloadHash?: string;
  payload?: unknown;
  scope?: "user" | "thread" | "broadcast";
  attributes?: Record<string, AttributeValue>;
}

/** An observation as it goes over the wire: plain JSON, complete with source, id and time. */
export interface WireEvent extends Omit<EmitterEvent, "timeMs"> {
  id: string;
  /** ISO 8601 UTC with µs. */
  time: string;
  service: string;
  instance: string;
  version?: string;
  environment?: string;
}

/** Why an observation is of no use to anybody, or null. Signalbox validates in full; this only spares the wire. */
export function whyUnusable(event: EmitterEvent): string | null {
  if (!STAGES.includes(event.stage)) return `unknown stage ${String(event.stage)}`;
  const missing = requirementsOf(event.stage).find((field) => !isPresent(event, field));
  if (missing) return `${event.stage} needs ${missing}`;
  if (event.timeMs !== undefined && !Number.isFinite(event.timeMs)) return "timeMs is not a number";
  return null;
}

const ATTRIBUTE = /^attributes\.(.+)$/;

function isPresent(event: EmitterEvent, field: string): boolean {
  const attribute = ATTRIBUTE.exec(field)?.[1];
  if (attribute !== undefined) return (event.attributes?.[attribute] ?? "") !== "";
  const value = Object.entries(event).find(([name]) => name === field)?.[1];
  return typeof value === "string" && value !== "";
}

/** ms since the epoch, with µs as fraction, as ISO 8601. */
export function isoMicros(timeMs: number): string {
  const wholeMs = Math.floor(timeMs);
  const micros = Math.min(999, Math.round((timeMs - wholeMs) * 1000));
  return `${new Date(wholeMs).toISOString().slice(0, -1)}${String(micros).padStart(3, "0")}Z`;
}
