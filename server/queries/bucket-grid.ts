/** Which buckets a chart of a stretch of time has. Pure. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SIZES = [1, 2, 5, 10, 15, 30].map((n) => n * MINUTE);
const LONG_SIZES = [HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY];
const MAX_BUCKETS = 120;
/** Longer ranges are read from hours: minutes of a whole day are too many rows for a page that must come at once. */
const MINUTES_UP_TO_MS = 12 * HOUR;

export interface BucketGrid {
  bucketMs: number;
  grain: "minute" | "hour";
  /** Starts of the buckets in ms, oldest first. */
  starts: number[];
  /** First moment that counts: `from` on the grain. */
  fromMs: number;
  toMs: number;
  /** What separates a bucket from the one it is compared with in the period before. */
  spanMs: number;
}

/** The finest grid of at most 120 buckets over [fromMs, toMs). */
export function bucketGrid(fromMs: number, toMs: number): BucketGrid {
  const fits = (size: number) => Math.ceil(toMs / size) - Math.floor(fromMs / size) <= MAX_BUCKETS;
  const sizes = toMs - fromMs <= MINUTES_UP_TO_MS ? [...SIZES, ...LONG_SIZES] : LONG_SIZES;
  const bucketMs = sizes.find(fits) ?? 7 * DAY;
  const grain = bucketMs >= HOUR ? "hour" : "minute";
  const grainMs = grain === "hour" ? HOUR : MINUTE;
  const first = Math.floor(fromMs / bucketMs);
  const count = Math.ceil(toMs / bucketMs) - first;
  const starts = Array.from({ length: count }, (_, index) => (first + index) * bucketMs);
  return { bucketMs, grain, starts, fromMs: Math.floor(fromMs / grainMs) * grainMs, toMs, spanMs: count * bucketMs };
}
