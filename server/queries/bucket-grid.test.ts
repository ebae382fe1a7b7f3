import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bucketGrid } from "./bucket-grid";

const NOW_MS = Date.UTC(2026, 10, 20, 12, 0, 30);
const HOUR = 3_600_000;

describe("the bucket grid", () => {
  it.each([
    [HOUR, 60_000, "minute"],
    [2 * HOUR - 60_000, 60_000, "minute"],
    [12 * HOUR, 10 * 60_000, "minute"],
    [24 * HOUR, HOUR, "hour"],
    [7 * 24 * HOUR, 2 * HOUR, "hour"],
    [90 * 24 * HOUR, 24 * HOUR, "hour"],
  ] as const)("of %d ms has buckets of %d ms", (rangeMs, bucketMs, grain) => {
    expect(bucketGrid(NOW_MS - rangeMs, NOW_MS)).toMatchObject({ bucketMs, grain });
  });

  it("never has more than 120 buckets, covers the range, and meets the period before without overlap", () => {
    const range = fc.tuple(fc.integer({ min: 0, max: NOW_MS }), fc.integer({ min: 1_000, max: 400 * 24 * HOUR }));
    fc.assert(
      fc.property(range, ([fromMs, lengthMs]) => {
        const toMs = fromMs + lengthMs;
        const grid = bucketGrid(fromMs, toMs);
        const first = grid.starts[0] ?? Number.NaN;
        expect(grid.starts.length).toBeLessThanOrEqual(120);
        expect(first).toBeLessThanOrEqual(fromMs);
        expect(first + grid.spanMs).toBeGreaterThanOrEqual(toMs);
        expect(grid.fromMs).toBeGreaterThanOrEqual(first);
        expect(toMs - grid.spanMs).toBeLessThanOrEqual(grid.fromMs);
      }),
    );
  });
});
