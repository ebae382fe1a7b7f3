import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DAY_MS, startOfDay } from "./partition-days";
import { planRetention, type RetentionInput } from "./retention-plan";

const nowMs = Date.UTC(2026, 10, 21, 15);
const today = startOfDay(nowMs);
const daysAgo = (n: number, bytes = 10) => ({ day: today - n * DAY_MS, bytes });

function plan(fields: Partial<RetentionInput>) {
  const input = { days: [], otherBytes: 0, nowMs, retentionMs: 14 * DAY_MS, maxBytes: 1_000, ...fields };
  const { drop, storageFull, bytesAfter } = planRetention(input);
  return { dropped: drop.map(({ day, reason }) => [(today - day) / DAY_MS, reason]), storageFull, bytesAfter };
}

describe("planRetention", () => {
  test("a day goes when its last moment is older than the retention", () => {
    const days = [daysAgo(16), daysAgo(15), daysAgo(14), daysAgo(0), daysAgo(-1)];
    expect(plan({ days }).dropped).toEqual([
      [16, "age"],
      [15, "age"],
    ]);
  });

  test("the oldest days go until the rest fits", () => {
    const days = [daysAgo(0), daysAgo(3), daysAgo(1), daysAgo(2)];
    expect(plan({ days, otherBytes: 5, maxBytes: 25 })).toEqual({
      dropped: [
        [3, "size"],
        [2, "size"],
      ],
      storageFull: false,
      bytesAfter: 25,
    });
  });

  test("today is never dropped; when it alone is too large, storage is full", () => {
    expect(plan({ days: [daysAgo(1), daysAgo(0, 2_000)] })).toEqual({
      dropped: [[1, "size"]],
      storageFull: true,
      bytesAfter: 2_000,
    });
  });

  test("no kept day is older than a dropped one, and nothing is dropped without need", () => {
    const day = fc.record({ n: fc.integer({ min: -3, max: 20 }), bytes: fc.nat(100) });
    const sets = fc.uniqueArray(day, { selector: ({ n }) => n });
    fc.assert(
      fc.property(sets, fc.nat(800), (set, maxBytes) => {
        const days = set.map(({ n, bytes }) => daysAgo(n, bytes));
        const { drop, bytesAfter } = planRetention({ days, otherBytes: 7, nowMs, retentionMs: 14 * DAY_MS, maxBytes });
        const kept = days.filter(({ day }) => !drop.some((dropped) => dropped.day === day));
        const newest = Math.max(...drop.map((dropped) => dropped.day));
        expect(kept.every(({ day }) => day > newest)).toBe(true);
        expect(bytesAfter).toBe(kept.reduce((sum, { bytes }) => sum + bytes, 7));
        const last = drop.at(-1);
        if (last?.reason === "size") expect(bytesAfter + last.bytes).toBeGreaterThan(maxBytes);
      }),
    );
  });
});
