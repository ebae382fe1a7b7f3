/** Users, and what happened to one of them. */
import { z } from "zod";
import { telemetryEventView } from "./telemetry-event";
import { journeyStatus } from "./terms";

const iso = z.string();
const count = z.number();

/** A user who owned a journey, had a connection, or was part of a leak in the range. */
export const userRow = z.object({
  id: z.string(),
  environment: z.string(),
  /** The newest event of a journey, leak, or change of a connection; null if only a connection without times is known. */
  lastSeenAt: iso.nullable(),
  openConnections: count,
  journeys: count,
  /** Journeys by status. */
  statuses: z.record(journeyStatus, count),
  failures: count,
  /** Messages of this user that reached somebody else. */
  leaksAsOwner: count,
  /** Messages of others that reached this user. */
  leaksAsRecipient: count,
});
export type UserRow = z.infer<typeof userRow>;

/** What is known of one user, an environment a row. */
export const userKnown = z.object({ id: z.string(), items: z.array(userRow) });
export type UserKnown = z.infer<typeof userKnown>;

export const userSort = z.enum(["seen", "name", "open", "journeys", "failed", "leaks"]);
export type UserSort = z.infer<typeof userSort>;

export const userList = z.object({
  items: z.array(userRow),
  nextCursor: z.string().nullable(),
  /** A search looks at so many users in the order of their ids; whether there may be more. */
  moreFound: z.boolean(),
});
export type UserList = z.infer<typeof userList>;

/** An event of a user's timeline. */
export const timelineEvent = telemetryEventView.extend({
  /** The journey that it belongs to. */
  journey: z.object({ id: z.string(), key: z.string(), status: journeyStatus }).optional(),
  /** Whose message it is, where that is another user: what this user saw and was not meant for, or was shared with. */
  foreignOwner: z.string().optional(),
});
export type TimelineEvent = z.infer<typeof timelineEvent>;

export const userTimeline = z.object({ items: z.array(timelineEvent), nextCursor: z.string().nullable() });
export type UserTimeline = z.infer<typeof userTimeline>;

const facet = z.array(z.object({ value: z.string(), events: count }));

/** A timeline in figures: what its overview draws, and where its rows are found. */
export const timelineSummary = z.object({
  /** Events of the timeline, with the filters. */
  total: count,
  /** Where there are more events than are summarised: the time from which on they are. Ask up to it for those before. */
  coveredFrom: iso.nullable(),
  firstAt: iso.nullable(),
  lastAt: iso.nullable(),
  bucketMs: count,
  /** [n-th bucket since `firstAt`, events, of these errors]; empty buckets are left out. */
  buckets: z.array(z.tuple([count, count, count])),
  /** [n-th bucket, index in `connections`, events] */
  connectionBuckets: z.array(z.tuple([count, count, count])),
  connections: z.array(z.object({ connectionId: z.string(), instance: z.string() })),
  /** Rows of a chunk; each begins behind the cursor of the chunk before. */
  chunkRows: count,
  /** The last row of each chunk, and the cursor that leads behind it. */
  chunks: z.array(z.object({ endsAt: iso, cursor: z.string() })),
  /** The values that most events have. */
  facets: z.object({ stage: facet, type: facet, router: facet, thread: facet }),
  /** The newest events that failed or were dropped. */
  errors: z.array(
    z.object({
      id: z.string(),
      at: iso,
      stage: z.string(),
      type: z.string().nullable(),
      connectionId: z.string().nullable(),
      instance: z.string(),
    }),
  ),
});
export type TimelineSummary = z.infer<typeof timelineSummary>;

/** What lies beneath a timeline: connections, journeys, what was owed and never came, leaks. */
export const userLanes = z.object({
  connections: z.array(
    z.object({
      connectionId: z.string(),
      instance: z.string(),
      openedAt: iso.nullable(),
      closedAt: iso.nullable(),
      closeCode: z.number().nullable(),
    }),
  ),
  journeys: z.array(
    z.object({
      id: z.string(),
      status: journeyStatus,
      startedAt: iso,
      /** End, or the newest event of one that has none yet. */
      untilAt: iso,
      threadId: z.string().nullable(),
      brokenBy: z.string().nullable(),
    }),
  ),
  /** Where not every journey is listed: [n-th stretch of `bucketMs` since `from`, status, journeys that began in it]. */
  journeyBuckets: z
    .object({ from: iso, bucketMs: count, items: z.array(z.tuple([count, journeyStatus, count])) })
    .nullable(),
  /** Expected events that never came, from findings. */
  missing: z.array(
    z.object({
      journeyId: z.string(),
      code: z.string(),
      at: iso,
      messageType: z.string().nullable(),
      summary: z.string(),
    }),
  ),
  leaks: z.array(
    z.object({
      incidentId: z.string(),
      rule: z.string(),
      at: iso,
      owner: z.string().nullable(),
      recipient: z.string().nullable(),
      connectionId: z.string().nullable(),
      eventIds: z.array(z.string()),
    }),
  ),
  omitted: z.object({ connections: count, journeys: count, missing: count, leaks: count }),
});
export type UserLanes = z.infer<typeof userLanes>;
