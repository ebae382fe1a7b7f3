/**
 * Shapes of the read API. Times are ISO 8601 UTC with ms. More fields may be added, none removed.
 * Built here once; the server parses nothing it builds, the browser parses everything it gets.
 */
import { z } from "zod";
import { keyRole } from "./access";
import { deliveryView, findingView, stepView, traitsView } from "./journey-parts";
import { brokenAt, journeyRow } from "./journey-row";
import { telemetryEventView } from "./telemetry-event";
import { journeyStatus } from "./terms";

export * from "./access";
export * from "./alerts";
export * from "./campaigns";
export * from "./canaries";
export * from "./channels";
export * from "./consolidation";
export * from "./differences";
export * from "./evidence";
export * from "./incident-bundle";
export * from "./incidents";
export * from "./journey-parts";
export * from "./journey-row";
export * from "./listings";
export * from "./overview";
export * from "./routers";
export * from "./search";
export * from "./settings";
export * from "./silences";
export * from "./slo";
export * from "./sources";
export * from "./telemetry-event";
export * from "./terms";
export * from "./test-runs";
export * from "./users";
export * from "./views";

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
  notes: z.array(
    z.object({ code: z.string(), text: z.string(), eventIds: z.array(z.string()), eventIdsOmitted: z.number() }),
  ),
  routers: z.array(z.string()),
  versions: z.array(z.string()),
  instances: z.array(z.string()),
  /** What else the journey is described by; null in verdicts that did not note it yet. */
  traits: traitsView.nullable(),
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
  omitted: z.object({
    findings: z.number(),
    deliveries: z.number(),
    notes: z.number(),
    connections: z.number(),
    routers: z.number(),
    versions: z.number(),
    instances: z.number(),
    linked: z.number(),
    incidents: z.number(),
  }),
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

export const journeyList = z.object({
  items: z.array(journeyRow),
  nextCursor: z.string().nullable(),
  /** Exact up to 10,000, else null. */
  total: z.number().nullable(),
  totalAtLeast: z.number(),
});
export type JourneyList = z.infer<typeof journeyList>;

/** A page of a journey's own events, by time. */
export const journeyEventPage = z.object({
  environment: z.string(),
  journeyKey: z.string(),
  items: z.array(telemetryEventView),
  /** The page before this one; null at the beginning. */
  previousCursor: z.string().nullable(),
  nextCursor: z.string().nullable(),
  total: z.number(),
});
export type JourneyEventPage = z.infer<typeof journeyEventPage>;

/** The owner's other journeys around one, and healthy ones to compare it with. */
export const journeyNeighbours = z.object({
  owner: z.string().nullable(),
  /** Nearest last. */
  before: z.array(journeyRow),
  /** Nearest first. */
  after: z.array(journeyRow),
  /** Whether the owner has more in that direction than are listed. */
  more: z.object({ before: z.boolean(), after: z.boolean() }),
  /** The last that succeeded before this one; of the owner, looked for among the 1,000 before it. */
  lastHealthy: z.object({ ofOwner: journeyRow.nullable(), ofAnybody: journeyRow.nullable() }),
});
export type JourneyNeighbours = z.infer<typeof journeyNeighbours>;

/** Who is calling: a person with a session, or a key. */
export const sessionInfo = z.object({
  person: z.string(),
  kind: z.enum(["key", "session"]),
  /** What the caller may do; `admin` manages keys, people, settings and erasure. */
  role: keyRole,
  environments: z.array(z.string()),
  version: z.string(),
});
export type SessionInfo = z.infer<typeof sessionInfo>;
