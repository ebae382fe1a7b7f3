import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findDifferences, MAX_CHANCE, NEEDED, type Sides, type ValueCount } from "./find-differences";

const value = (name: string, failed: number, healthy: number): ValueCount => ({
  dimension: "router",
  value: name,
  failed,
  healthy,
});
const SIDES: Sides = { failed: 43, healthy: 3_110 };

describe("what failed journeys have that healthy ones do not have", () => {
  test("is told by its lift", () => {
    const [found] = findDifferences(SIDES, [value("legacy", 41, 120), value("usual", 2, 2_990)]) ?? [];
    expect(found).toMatchObject({ value: "legacy", failed: 41, healthy: 120 });
    expect(found?.lift).toBeCloseTo(24.71, 2);
    expect(found?.liftAtLeast).toBeCloseTo(20.43, 2);
    expect(found?.chance).toBeLessThan(1e-40);
  });

  test("has no lift in numbers where no healthy one has it, but a lower bound", () => {
    const [found] = findDifferences(SIDES, [value("legacy", 41, 0)]) ?? [];
    expect(found?.lift).toBeNull();
    expect(found?.liftAtLeast).toBeGreaterThan(100);
  });

  test("stands in order of the lift that is certain: many beat few at the same ratio", () => {
    const found = findDifferences({ failed: 1_000, healthy: 1_000 }, [value("few", 30, 3), value("many", 900, 90)]);
    expect(found?.map((entry) => entry.value)).toEqual(["many", "few"]);
  });

  test.each([
    [NEEDED - 1, 5_000],
    [5_000, NEEDED - 1],
    [0, 0],
  ])("is not said of %s failed and %s healthy ones", (failed, healthy) => {
    expect(findDifferences({ failed, healthy }, [value("a", failed, 0)])).toBeNull();
  });

  test("is not what all have, nor what healthy ones have more often", () => {
    expect(findDifferences(SIDES, [value("all", 43, 3_110), value("rarer", 1, 3_000)])).toEqual([]);
  });

  test("is held against everything that was looked at", () => {
    const one = [value("a", 5, 60)];
    expect(findDifferences(SIDES, one)).toHaveLength(1);
    expect(findDifferences(SIDES, one, 1_000)).toEqual([]);
  });
});

const sides = fc.record({
  failed: fc.integer({ min: NEEDED, max: 400 }),
  healthy: fc.integer({ min: NEEDED, max: 4_000 }),
});
const counted = sides.chain(({ failed, healthy }) =>
  fc.record({
    sides: fc.constant({ failed, healthy }),
    values: fc
      .array(fc.tuple(fc.integer({ min: 0, max: failed }), fc.integer({ min: 0, max: healthy })), { maxLength: 30 })
      .map((counts) => counts.map(([a, b], index) => value(`v${index}`, a, b))),
  }),
);

describe("for all counts", () => {
  test("every difference is more frequent among the failed, beyond chance, and ordered", () => {
    fc.assert(
      fc.property(counted, ({ sides, values }) => {
        const found = findDifferences(sides, values) ?? [];
        for (const entry of found) {
          expect(entry.failed / sides.failed).toBeGreaterThan(entry.healthy / sides.healthy);
          expect(entry.chance).toBeLessThanOrEqual(MAX_CHANCE);
          expect(entry.liftAtLeast).toBeLessThanOrEqual(entry.lift ?? Number.POSITIVE_INFINITY);
        }
        const bounds = found.map((entry) => entry.liftAtLeast);
        expect(bounds).toEqual([...bounds].sort((a, b) => b - a));
      }),
      { numRuns: 50 },
    );
  });

  test("the order in which values are given does not matter", () => {
    const shuffled = counted.chain(({ sides, values }) =>
      fc.record({
        sides: fc.constant(sides),
        values: fc.constant(values),
        again: fc.shuffledSubarray(values, { minLength: values.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ sides, values, again }) => {
        expect(findDifferences(sides, again)).toEqual(findDifferences(sides, values));
      }),
      { numRuns: 50 },
    );
  });

  test("nothing is told of values that nobody had", () => {
    fc.assert(
      fc.property(sides, (some) => {
        expect(findDifferences(some, [value("none", 0, 0)])).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

/** A generator with a fixed seed (mulberry32): the share of false alarms below is a fact, not luck. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test("where the sides do not differ, at most 5 % of comparisons tell of a difference", () => {
  const random = uniform(7);
  const draws = (n: number, p: number) => Array.from({ length: n }).filter(() => random() < p).length;
  const rounds = 400;
  let alarms = 0;
  for (let round = 0; round < rounds; round++) {
    const values = Array.from({ length: 12 }, (_, index) => {
      const share = 0.02 + (index / 12) * 0.9;
      return value(`v${index}`, draws(40, share), draws(400, share));
    });
    if ((findDifferences({ failed: 40, healthy: 400 }, values) ?? []).length > 0) alarms += 1;
  }
  expect(alarms / rounds).toBeLessThanOrEqual(0.05);
});

test("a cause in half of the failures is found on 40 of them", () => {
  const found = findDifferences({ failed: 40, healthy: 400 }, [value("cause", 20, 40), value("noise", 5, 40)], 200);
  expect(found?.map((entry) => entry.value)).toEqual(["cause"]);
});
