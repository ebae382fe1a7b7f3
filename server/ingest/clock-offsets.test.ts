import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createClockOffsets } from "./clock-offsets";

describe("clock offsets", () => {
  it("is the smallest difference of the last five minutes, whatever order differences come in", () => {
    const samples = fc.array(
      fc.record({ waitMs: fc.integer({ min: 0, max: 120_000 }), offsetMs: fc.integer({ min: -1_000, max: 1_000 }) }),
    );
    fc.assert(
      fc.property(samples, (list) => {
        const clocks = createClockOffsets();
        const seen: { atMs: number; offsetMs: number }[] = [];
        let atMs = 0;
        for (const { waitMs, offsetMs } of list) {
          atMs += waitMs;
          seen.push({ atMs, offsetMs });
          const expected = Math.min(
            ...seen.filter((sample) => sample.atMs >= atMs - 300_000).map((sample) => sample.offsetMs),
          );
          expect(clocks.observe("a", offsetMs, atMs)).toBe(expected);
        }
      }),
    );
  });

  it("keeps clocks apart, and forgets one that stays silent", () => {
    const clocks = createClockOffsets();
    clocks.observe("a", 5, 0);
    clocks.observe("b", -5, 0);
    expect([clocks.read("a", 300_000), clocks.read("b", 300_000), clocks.read("c", 0)]).toEqual([5, -5, null]);
    expect(clocks.read("a", 300_001)).toBeNull();
  });
});
