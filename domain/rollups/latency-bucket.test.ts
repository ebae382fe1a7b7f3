import { describe, expect, it } from "vitest";
import { bucketMs, latencyBucket, percentileMs } from "./latency-bucket";

describe("latency buckets", () => {
  it.each([0, 1, 1.04, 2, 17, 950, 10_000, 3_600_000])("stand within 2.5 %% of %d ms (1 ms at the lower end)", (ms) => {
    const middle = bucketMs(latencyBucket(ms));
    expect(Math.abs(middle - ms)).toBeLessThanOrEqual(Math.max(1, ms * 0.025));
  });

  it("give no percentile of nothing", () => {
    expect(percentileMs(new Map(), 0.95)).toBeNull();
    expect(percentileMs(new Map([[3, 0]]), 0.95)).toBeNull();
  });

  it("give the percentile of the merged counts, whatever their order", () => {
    const counts = new Map([
      [latencyBucket(5_000), 5],
      [latencyBucket(100), 95],
    ]);
    expect(percentileMs(counts, 0.5)).toBeCloseTo(100, -1);
    expect(percentileMs(counts, 0.95)).toBeCloseTo(100, -1);
    expect(percentileMs(counts, 0.99)).toBeGreaterThan(4_800);
  });
});
