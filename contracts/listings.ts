/** Lists beside the journeys: users, routers, environments, and one incident with its evidence. */
import { z } from "zod";

const iso = z.string();
const count = z.number();

/** A user who owned a journey or connected in the range, newest first. */
export const userRow = z.object({
  id: z.string(),
  environment: z.string(),
  lastSeenAt: iso,
  journeys: count,
  failures: count,
  openConnections: count,
});
export const userList = z.object({ items: z.array(userRow), nextCursor: z.string().nullable() });
export type UserList = z.infer<typeof userList>;

export const routerList = z.object({
  from: iso,
  to: iso,
  environment: z.string(),
  items: z.array(z.object({ router: z.string(), messages: count, share: z.number(), errors: count })),
  /** Routers beyond those listed. */
  omitted: count,
});
export type RouterList = z.infer<typeof routerList>;

export const environmentList = z.object({ items: z.array(z.string()) });
export type EnvironmentList = z.infer<typeof environmentList>;

/** One message that reached somebody it must not reach. */
export const occurrenceView = z.object({
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
  /** The telemetry events that prove it, redacted, as they were when it was found. */
  evidence: z.unknown(),
});
export type OccurrenceView = z.infer<typeof occurrenceView>;
