/** What a journey's verdict is made of. */
import { z } from "zod";

const iso = z.string();

export const severity = z.enum(["critical", "high", "error", "warning", "info"]);

export const findingView = z.object({
  code: z.string(),
  severity,
  fails: z.boolean(),
  step: z.string().optional(),
  hop: z.string().optional(),
  router: z.string().optional(),
  messageId: z.string().optional(),
  messageType: z.string().optional(),
  at: iso,
  eventIds: z.array(z.string()),
  /** Events beyond those listed. */
  eventIdsOmitted: z.number(),
  /** One sentence that says what happened, with times and names. */
  summary: z.string(),
});
export type FindingView = z.infer<typeof findingView>;

/** The event that a step was seen by, and what handled it. */
export const stepProof = z.object({
  eventId: z.string(),
  router: z.string().nullable(),
  handler: z.string().nullable(),
  version: z.string().nullable(),
  instance: z.string().nullable(),
  agentName: z.string().nullable(),
  toolName: z.string().nullable(),
  connectionId: z.string().nullable(),
});
export type StepProof = z.infer<typeof stepProof>;

export const stepView = z.object({
  step: z.string(),
  state: z.enum(["done", "failed", "missing", "pending", "not_needed", "not_observed"]),
  hop: z.string().nullable(),
  at: iso.nullable(),
  /** Null where no event of the journey shows the step, or that event is no longer kept. */
  proof: stepProof.nullable(),
});
export type StepView = z.infer<typeof stepView>;

export const deliveryView = z.object({
  messageId: z.string().nullable(),
  type: z.string(),
  state: z.string(),
  connectionId: z.string().nullable(),
  recipient: z.string().nullable(),
  router: z.string().nullable(),
  emittedAt: iso.nullable(),
  sentAt: iso.nullable(),
  ackedAt: iso.nullable(),
  eventIds: z.array(z.string()),
  eventIdsOmitted: z.number(),
});
export type DeliveryView = z.infer<typeof deliveryView>;

export const traitsView = z.object({
  handlers: z.array(z.string()),
  agents: z.array(z.string()),
  tools: z.array(z.string()),
  /** How long the connection had been open when the last request came in over it. */
  connectionAgeMs: z.number().nullable(),
  /** Size of the last request. */
  payloadBytes: z.number().nullable(),
});
