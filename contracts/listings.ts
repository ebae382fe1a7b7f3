/** Lists beside the journeys: routers, environments, and one incident with its evidence. */
import { z } from "zod";

const iso = z.string();

export const environmentList = z.object({ items: z.array(z.string()) });
export type EnvironmentList = z.infer<typeof environmentList>;

/** One message that reached somebody it must not reach. */
export const occurrenceRow = z.object({
  key: z.string(),
  journeyKey: z.string(),
  rule: z.string(),
  router: z.string().nullable(),
  owner: z.string().nullable(),
  recipient: z.string().nullable(),
  messageId: z.string().nullable(),
  runId: z.string().nullable(),
  connectionId: z.string().nullable(),
  version: z.string().nullable(),
  occurredAt: iso,
  /** Disproved by later telemetry: kept, counted nowhere. */
  withdrawnAt: iso.nullable(),
  eventIds: z.array(z.string()),
});
export type OccurrenceRow = z.infer<typeof occurrenceRow>;

export const occurrenceView = occurrenceRow.extend({
  /** The telemetry events that prove it, redacted, as they were when it was found. */
  evidence: z.unknown(),
});
export type OccurrenceView = z.infer<typeof occurrenceView>;
