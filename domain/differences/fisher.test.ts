import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adjustedChances, chanceOfAsMany } from "./fisher";

describe("Fisher's exact test", () => {
  test.each([
    // Fisher's lady tasting tea: all four cups, then three of four.
    [4, 4, 0, 4, 1 / 70],
    [3, 4, 1, 4, 17 / 70],
    [0, 10, 0, 10, 1],
    [0, 10, 5, 10, 1],
    // By exact fractions.
    [12, 15, 5, 15, 0.0126638],
  ])("%d of %d beside %d of %d: %d", (a, n1, b, n0, expected) => {
    expect(chanceOfAsMany(a, n1, b, n0)).toBeCloseTo(expected, 6);
  });

  test("is a chance, and falls as more of the failed carry it", () => {
    const counts = fc
      .record({ n1: fc.integer({ min: 1, max: 300 }), n0: fc.integer({ min: 1, max: 300 }) })
      .chain(({ n1, n0 }) =>
        fc.record({
          n1: fc.constant(n1),
          n0: fc.constant(n0),
          a: fc.integer({ min: 0, max: n1 - 1 }),
          b: fc.integer({ min: 0, max: n0 }),
        }),
      );
    fc.assert(
      fc.property(counts, ({ a, n1, b, n0 }) => {
        const chance = chanceOfAsMany(a, n1, b, n0);
        expect(chance).toBeGreaterThanOrEqual(0);
        expect(chance).toBeLessThanOrEqual(1);
        expect(chanceOfAsMany(a + 1, n1, b, n0)).toBeLessThanOrEqual(chance + 1e-9);
      }),
      { numRuns: 100 },
    );
  });
});

describe("Holm's correction", () => {
  test("multiplies the least chance by all tests, the next by one fewer, and never falls", () => {
    expect(adjustedChances([0.04, 0.01, 0.03], 3)).toEqual([0.06, 0.03, 0.06]);
    expect(adjustedChances([0.01], 10)).toEqual([0.1]);
    expect(adjustedChances([0.5, 0.9], 2)).toEqual([1, 1]);
    expect(adjustedChances([], 0)).toEqual([]);
  });
});
