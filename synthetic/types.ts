import type { FindingCode, JourneyStatus, Step } from "@/domain/journeys/types";
import type { Stage } from "@/domain/telemetry/event";

/** One observation as a client posts it. */
export interface SyntheticEvent {
  id: string;
  /** ISO-8601 with ms. */
  time: string;
  stage: Stage;
  environment: string;
  type?: string;
  userId?: string;
  connectionId?: string;
  threadId?: string;
  runId?: string;
  messageId?: string;
  inReplyTo?: string;
  agentName?: string;
  parentAgent?: string;
  toolName?: string;
  toolCallId?: string;
  router?: string;
  handler?: string;
  seq?: number;
  attempt?: number;
  outcome?: "ok" | "error";
  errorCode?: string;
  errorMessage?: string;
  durationMs?: number;
  payloadBytes?: number;
  payload?: Record<string, string | number | boolean>;
  scope?: "user" | "thread" | "broadcast";
  service?: string;
  instance?: string;
  version?: string;
  attributes?: Record<string, string | number | boolean>;
}

/** What a fault must be judged as, long after it happened. */
export interface Expectation {
  status: JourneyStatus;
  findings: FindingCode[];
  brokenStep: Step | null;
  /** Users who got a message of this journey that was not theirs. */
  leakedTo: string[];
}

/** The truth about one journey, by construction. */
export interface JourneyLabel extends Expectation {
  fault: string;
  /** Run id, else inbound message id. */
  id: string;
  owner: string | null;
  runIds: string[];
}

export interface Storm {
  /** In order of time. */
  events: SyntheticEvent[];
  labels: JourneyLabel[];
  /** Every deadline of the storm has passed at this moment. */
  settledAtMs: number;
}

export const AS_IT_SHOULD_BE: Expectation = { status: "succeeded", findings: [], brokenStep: null, leakedTo: [] };

export function failed(brokenStep: Step, ...findings: FindingCode[]): Expectation {
  return { status: "failed", findings, brokenStep, leakedTo: [] };
}

export function degraded(...findings: FindingCode[]): Expectation {
  return { status: "degraded", findings, brokenStep: null, leakedTo: [] };
}
