/** Which rows give the figures of a range: whole hours as one row each, the ends by minutes. Pure. */
import type { RouterMetricKind } from "@/domain/rollups/router-metrics";
import type { Stretch } from "@/server/storage/reading/router-counts";
import type { BucketGrid } from "../bucket-grid";

const HOUR_MS = 3_600_000;

type Range = Pick<BucketGrid, "grain" | "fromMs" | "toMs">;

/** Rows for the sums of the whole range. */
export function stretchesOfRange(kind: RouterMetricKind, { grain, fromMs, toMs }: Range): Stretch[] {
  const stretch = (grain: Stretch["grain"], from: number, to: number): Stretch[] =>
    from < to ? [{ kind, grain, fromMs: from, toMs: to, byBucket: false }] : [];
  const firstHourMs = Math.ceil(fromMs / HOUR_MS) * HOUR_MS;
  const lastHourMs = Math.floor(toMs / HOUR_MS) * HOUR_MS;
  if (grain === "hour" || firstHourMs >= lastHourMs) return stretch(grain, fromMs, toMs);
  return [
    ...stretch("minute", fromMs, firstHourMs),
    ...stretch("hour", firstHourMs, lastHourMs),
    ...stretch("minute", lastHourMs, toMs),
  ];
}

/** Rows for a series over the grid's buckets. */
export function stretchOfSeries(kind: RouterMetricKind, { grain, fromMs, toMs }: Range): Stretch {
  return { kind, grain, fromMs, toMs, byBucket: true };
}
