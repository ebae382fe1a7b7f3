/** What proves one leak: whom the message was for, how it travelled, who received it, and what both did around then. */
import { z } from "zod";
import { occurrenceView } from "./listings";

const iso = z.string();
const text = z.string().nullable();

/** An event as evidence shows it: who, what and where, without its content. */
export const evidenceEvent = z.object({
  id: z.string(),
  time: iso,
  stage: z.string(),
  type: text,
  /** Whom it claims. */
  userId: text,
  /** Who was authenticated on its connection at that time. */
  connectionUser: text,
  connectionId: text,
  instance: text,
  runId: text,
  messageId: text,
  agentName: text,
  toolName: text,
  router: text,
  handler: text,
  outcome: z.string(),
  errorCode: text,
  version: text,
});
export type EvidenceEvent = z.infer<typeof evidenceEvent>;

/** What happened to one of the two users around the moment, oldest first. */
export const evidenceSide = z.object({
  role: z.enum(["owner", "recipient"]),
  userId: z.string(),
  events: z.array(evidenceEvent),
  /** Whether there is more between the edge of the stretch and what is listed. */
  moreBefore: z.boolean(),
  moreAfter: z.boolean(),
});
export type EvidenceSide = z.infer<typeof evidenceSide>;

/** Who was on the connection that the message was written to. */
export const evidenceBinding = z.object({
  connectionId: z.string(),
  instance: text,
  openedAt: iso.nullable(),
  closedAt: iso.nullable(),
  closeCode: z.number().nullable(),
  /** Everybody who authenticated on it since it opened, in order. */
  bindings: z.array(z.object({ userId: z.string(), at: iso })),
  /** Whose it was at the moment; null = nobody's yet. */
  userId: text,
  /** The connection's own events, oldest first, the nearest to the moment where there are many. */
  events: z.array(evidenceEvent),
});
export type EvidenceBinding = z.infer<typeof evidenceBinding>;

/** The part of the evidence that is kept when the telemetry of its day is dropped. */
export const evidenceAround = z.object({
  from: iso,
  to: iso,
  sides: z.array(evidenceSide),
  /** Every stage of the message, oldest first. */
  hops: z.array(evidenceEvent),
  hopsOmitted: z.number(),
  binding: evidenceBinding.nullable(),
});
export type EvidenceAround = z.infer<typeof evidenceAround>;

export const incidentEvidence = z.object({
  incidentId: z.string(),
  environment: z.string(),
  occurrence: occurrenceView,
  /** `telemetry` = read from the events that are stored, `kept` = as it was when they were dropped. */
  source: z.enum(["telemetry", "kept"]),
  keptAt: iso.nullable(),
  around: evidenceAround,
});
export type IncidentEvidence = z.infer<typeof incidentEvidence>;
