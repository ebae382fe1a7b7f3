import { z } from "zod";

const iso = z.string();

/** One stored observation as it leaves Signalbox (redacted). Null fields are omitted. */
export const telemetryEventView = z.object({
  id: z.string(),
  time: iso,
  receivedAt: iso,
  stage: z.string(),
  environment: z.string(),
  type: z.string().optional(),
  originalType: z.string().optional(),
  userId: z.string().optional(),
  /** Who was authenticated on the event's connection at that time. */
  connectionUser: z.string().optional(),
  connectionId: z.string().optional(),
  threadId: z.string().optional(),
  runId: z.string().optional(),
  messageId: z.string().optional(),
  inReplyTo: z.string().optional(),
  agentName: z.string().optional(),
  parentAgent: z.string().optional(),
  toolName: z.string().optional(),
  toolCallId: z.string().optional(),
  router: z.string().optional(),
  handler: z.string().optional(),
  seq: z.number().optional(),
  attempt: z.number().optional(),
  outcome: z.string(),
  errorCode: z.string().optional(),
  errorMessage: z.string().optional(),
  durationMs: z.number().optional(),
  payloadBytes: z.number().optional(),
  payloadHash: z.string().optional(),
  scope: z.string(),
  service: z.string().optional(),
  instance: z.string().optional(),
  version: z.string().optional(),
  sourceId: z.string().optional(),
  attributes: z.record(z.string(), z.unknown()).optional(),
  payload: z.unknown().optional(),
});
export type TelemetryEventView = z.infer<typeof telemetryEventView>;
