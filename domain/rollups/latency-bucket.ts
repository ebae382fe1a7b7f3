/** Latencies as counts in logarithmic buckets 5 % wide: they merge by adding, and a percentile is off by half a bucket at most. */

const BASE = 1.05;
const LOG_BASE = Math.log(BASE);

/** Bucket of a duration in ms. Bucket 0 holds everything below 1.05 ms. */
export function latencyBucket(durationMs: number): number {
  return durationMs <= 1 ? 0 : Math.floor(Math.log(durationMs) / LOG_BASE);
}

/** The duration in ms that stands for a bucket: its geometric middle. */
export function bucketMs(bucket: number): number {
  return bucket === 0 ? 1 : BASE ** (bucket + 0.5);
}

/** Percentile `p` (0 to 1) in ms of counts by bucket; null when nothing was counted. */
export function percentileMs(counts: ReadonlyMap<number, number>, p: number): number | null {
  const sorted = [...counts].filter(([, count]) => count > 0).sort(([a], [b]) => a - b);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  if (total === 0) return null;
  let seen = 0;
  for (const [bucket, count] of sorted) {
    seen += count;
    if (seen >= p * total) return Math.round(bucketMs(bucket) * 10) / 10;
  }
  return null;
}
