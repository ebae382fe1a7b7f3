/** What failed journeys have that healthy ones of the same period do not have. */
import { z } from "zod";

const iso = z.string();
const count = z.number();

export const dimension = z.enum([
  "router",
  "handler",
  "version",
  "instance",
  "connectionAge",
  "payloadSize",
  "agent",
  "tool",
]);

export const difference = z.object({
  dimension,
  /** A name; of a measured dimension the bucket, "10000-60000" (ms or bytes, open ends left out). */
  value: z.string(),
  /** Of a measured dimension: from `from` to below `below`; null = without end. */
  bucket: z.object({ from: z.number().nullable(), below: z.number().nullable() }).nullable(),
  /** Compared journeys of each side that have it. */
  failed: count,
  healthy: count,
  /** Share among the failed over share among the healthy; null where no healthy one has it. */
  lift: z.number().nullable(),
  /** The lift is at least this, with 95 % confidence. */
  liftAtLeast: z.number(),
  /** How likely chance alone made this, all values that were looked at taken into account. */
  chance: z.number(),
});
export type DifferenceView = z.infer<typeof difference>;

const side = z.object({
  /** Journeys that were compared. */
  compared: count,
  /** Journeys of the period that they were taken from: exact up to 5,000, else null. */
  of: count.nullable(),
});

export const differences = z.object({
  environment: z.string(),
  /** The period compared. It begins later than asked for where there are more failed journeys than are read. */
  from: iso,
  to: iso,
  /** The newest failed ones that match. */
  failed: side,
  /** The newest healthy ones; where there are more than are read, the newest of each hundredth of the period. */
  healthy: side,
  /** Journeys that each side needs before anything is said. */
  needed: count,
  /** Whether healthy ones were narrowed to the same user, routers, versions and instances. */
  alike: z.boolean(),
  /** What the filter chose the failed ones by: it is not compared. */
  chosen: z.array(z.object({ dimension, value: z.string() })),
  /** Values that were looked at. */
  looked: count,
  /** The strongest first; null where either side is too small. */
  items: z.array(difference).nullable(),
  /** Weaker differences beyond those listed. */
  omitted: count,
});
export type Differences = z.infer<typeof differences>;
