/** One router's figures over the buckets of a range. Pure. */
import type { RouterDetail } from "@/contracts/http";
import { percentileMs } from "@/domain/rollups/latency-bucket";
import { OK } from "@/domain/rollups/router-metrics";
import type { RouterCount } from "@/server/storage/reading/router-counts";
import type { BucketGrid } from "../bucket-grid";
import { firstOf } from "../first-of";
import { iso } from "../iso";
import { MAX_CODES_OF_ROUTER } from "./bounds";
import { addTo, createFigures, type Figures, figuresOf, latencyOf } from "./figures";

const HOUR_MS = 3_600_000;

/** A time as fine as the rows that the range is read from, whether these are folded yet or not. */
export function onGrain(ms: number, { grain }: Pick<BucketGrid, "grain">): string {
  return iso(grain === "hour" ? Math.floor(ms / HOUR_MS) * HOUR_MS : ms);
}

/** Every bucket of the range; errors by code in the order of `codes`. */
export function seriesOf(
  counts: readonly RouterCount[],
  grid: BucketGrid,
  codes: readonly { code: string }[],
): RouterDetail["series"] {
  const buckets = byBucket(counts, grid);
  return grid.starts.map((startMs) => {
    const figures = buckets.get(startMs) ?? createFigures();
    return { ...pointOf(startMs, figures), errorsByCode: codes.map(({ code }) => figures.codes.map.get(code) ?? 0) };
  });
}

/** @param counts of the period of equal length before the range */
export function previousOf(counts: readonly RouterCount[], grid: BucketGrid): RouterDetail["previous"] {
  const figures = figuresOf(counts);
  const buckets = byBucket(counts, grid);
  return {
    messages: figures.messages,
    errors: figures.codes.total,
    latencyMs: latencyOf(figures),
    series: grid.starts.map((startMs) => {
      const beforeMs = startMs - grid.spanMs;
      return pointOf(beforeMs, buckets.get(beforeMs) ?? createFigures());
    }),
  };
}

/** Errors by code, most frequent first, and when each was seen within the range. */
export function codesOf(counts: readonly RouterCount[], grid: BucketGrid): RouterDetail["codes"] {
  const codes = new Map<string, { count: number; firstMs: number; lastMs: number }>();
  for (const { kind, name, n, firstMs, lastMs } of counts) {
    if (kind !== "message" || name[0] === OK) continue;
    const known = codes.get(String(name[0])) ?? { count: 0, firstMs, lastMs };
    codes.set(String(name[0]), {
      count: known.count + n,
      firstMs: Math.min(known.firstMs, firstMs),
      lastMs: Math.max(known.lastMs, lastMs),
    });
  }
  const sorted = [...codes]
    .filter(([, { count }]) => count > 0)
    .sort(([a, first], [b, second]) => second.count - first.count || (a < b ? -1 : 1));
  const { items, omitted } = firstOf(sorted, MAX_CODES_OF_ROUTER);
  return {
    items: items.map(([code, { count, firstMs, lastMs }]) => ({
      code,
      count,
      firstSeenAt: onGrain(firstMs, grid),
      lastSeenAt: onGrain(lastMs, grid),
    })),
    omitted,
  };
}

function byBucket(counts: readonly RouterCount[], { bucketMs }: BucketGrid): Map<number, Figures> {
  const buckets = new Map<number, Figures>();
  for (const count of counts) {
    if (count.atMs === null) continue;
    const startMs = Math.floor(count.atMs / bucketMs) * bucketMs;
    const figures = buckets.get(startMs) ?? createFigures();
    addTo(figures, count);
    buckets.set(startMs, figures);
  }
  return buckets;
}

function pointOf(startMs: number, figures: Figures): RouterDetail["previous"]["series"][number] {
  const { messages, codes, latency } = figures;
  const p = (share: number) => percentileMs(latency.map, share);
  return { at: iso(startMs), messages, errors: codes.total, p50Ms: p(0.5), p95Ms: p(0.95) };
}
