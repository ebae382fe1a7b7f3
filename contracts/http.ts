/**
 * Shapes of the read API. Times are ISO 8601 UTC with ms. More fields may be added, none removed.
 * Built here once; the server parses nothing it builds, the browser parses everything it gets.
 */
import { z } from "zod";
import { occurrenceView } from "./listings";

export * from "./listings";
export * from "./overview";
export * from "./sources";

const iso = z.string();

export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() }),
});
export type ErrorBody = z.infer<typeof errorBody>;

export const batchAnswer = z.object({
  accepted: z.number(),
  duplicates: z.number(),
  rejected: z.array(z.object({ index: z.number(), id: z.string().nullable(), code: z.string(), message: z.string() })),
  rejectedTotal: z.number(),
});
export type BatchAnswer = z.infer<typeof batchAnswer>;

export const journeyStatus = z.enum([
  "running",
  "succeeded",
  "degraded",
  "failed",
  "abandoned",
  "cancelled",
  "unobserved",
]);
export const severity = z.enum(["critical", "high", "error", "warning", "info"]);

export const brokenAt = z.object({ step: z.string(), hop: z.string().nullable(), router: z.string().nullable() });

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
  /** One sentence that says what happened, with times and names. */
  summary: z.string(),
});
export type FindingView = z.infer<typeof findingView>;

export const stepView = z.object({
  step: z.string(),
  state: z.enum(["done", "failed", "missing", "pending", "not_needed", "not_observed"]),
  hop: z.string().nullable(),
  at: iso.nullable(),
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
});
export type DeliveryView = z.infer<typeof deliveryView>;

export const journeyDetail = z.object({
  id: z.string(),
  key: z.string(),
  status: journeyStatus,
  owner: z.string().nullable(),
  claimedOwner: z.string().nullable(),
  environment: z.string(),
  startedAt: iso,
  endedAt: iso.nullable(),
  durationMs: z.number().nullable(),
  policyVersion: z.number(),
  brokenAt: brokenAt.nullable(),
  brokenBy: z.string().nullable(),
  steps: z.array(stepView),
  findings: z.array(findingView),
  notes: z.array(z.object({ code: z.string(), text: z.string(), eventIds: z.array(z.string()) })),
  routers: z.array(z.string()),
  versions: z.array(z.string()),
  deliveries: z.array(deliveryView),
  linked: z.array(z.string()),
  incidentIds: z.array(z.string()),
  /** How often the verdict was written; a change of status is a correction. */
  revision: z.number(),
  judgedAt: iso,
  oversized: z.boolean(),
  frozen: z.boolean(),
  /** First page of the journey's own events, by time; further pages by `eventsCursor=`. */
  events: z.object({ total: z.number(), nextCursor: z.string().nullable(), items: z.array(telemetryEventView) }),
  /** What an answer of bounded size left out. */
  omitted: z.object({ findings: z.number(), deliveries: z.number(), notes: z.number(), connections: z.number() }),
  /** Intervals of the owner's and the recipients' connections that touch the journey. */
  connections: z.array(
    z.object({
      connectionId: z.string(),
      instance: z.string(),
      userId: z.string().nullable(),
      openedAt: iso.nullable(),
      closedAt: iso.nullable(),
      closeCode: z.number().nullable(),
    }),
  ),
});
export type JourneyDetail = z.infer<typeof journeyDetail>;

export const journeyRow = z.object({
  id: z.string(),
  key: z.string(),
  environment: z.string(),
  status: journeyStatus,
  owner: z.string().nullable(),
  startedAt: iso,
  endedAt: iso.nullable(),
  durationMs: z.number().nullable(),
  brokenAt: brokenAt.nullable(),
  brokenBy: z.string().nullable(),
  findings: z.array(z.string()),
  routers: z.array(z.string()),
  versions: z.array(z.string()),
  eventCount: z.number(),
});
export type JourneyRow = z.infer<typeof journeyRow>;

export const journeyList = z.object({
  items: z.array(journeyRow),
  nextCursor: z.string().nullable(),
  /** Exact up to 10,000, else null. */
  total: z.number().nullable(),
  totalAtLeast: z.number(),
});
export type JourneyList = z.infer<typeof journeyList>;

export const userTimeline = z.object({ items: z.array(telemetryEventView), nextCursor: z.string().nullable() });
export type UserTimeline = z.infer<typeof userTimeline>;

export const incidentRow = z.object({
  id: z.string(),
  environment: z.string(),
  rule: z.string(),
  severity,
  status: z.string(),
  router: z.string().nullable(),
  owners: z.array(z.string()),
  recipients: z.array(z.string()),
  occurrences: z.number(),
  firstSeenAt: iso,
  lastSeenAt: iso,
});
export const incidentList = z.object({ items: z.array(incidentRow), nextCursor: z.string().nullable() });
export type IncidentList = z.infer<typeof incidentList>;

/** An incident with its newest occurrences. */
export const incidentDetail = incidentRow.extend({
  mutedUntil: iso.nullable(),
  occurrenceItems: z.array(occurrenceView),
  /** Occurrences beyond those listed. */
  omitted: z.number(),
});
export type IncidentDetail = z.infer<typeof incidentDetail>;

export const sessionInfo = z.object({
  person: z.string(),
  environments: z.array(z.string()),
  version: z.string(),
});
export type SessionInfo = z.infer<typeof sessionInfo>;
