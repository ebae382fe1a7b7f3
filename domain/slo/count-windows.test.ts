import fc from "fast-check";
import { expect, test } from "vitest";
import { budgetWindow, lastName, ruleWindows, stretchesOf } from "./count-windows";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const minute = fc.integer({ min: 0, max: 10_000 }).map((n) => n * MINUTE_MS);

test("stretches cover a window once, without a gap, and hours are whole", () => {
  fc.assert(
    fc.property(minute, minute, (a, b) => {
      const [fromMs, toMs] = [Math.min(a, b), Math.max(a, b)];
      let reachedMs = fromMs;
      for (const stretch of stretchesOf("w", fromMs, toMs)) {
        expect(stretch.fromMs).toBe(reachedMs);
        expect(stretch.toMs).toBeGreaterThan(stretch.fromMs);
        if (stretch.grain === "hour") expect([stretch.fromMs % HOUR_MS, stretch.toMs % HOUR_MS]).toEqual([0, 0]);
        reachedMs = stretch.toMs;
      }
      expect(reachedMs).toBe(toMs);
    }),
  );
});

test("a window ends with the current minute; traffic with the last whole one", () => {
  const nowMs = 1_000 * HOUR_MS + 90_500;
  const windows = ruleWindows(nowMs);
  const endOf = (name: string) => Math.max(...windows.filter((each) => each.name === name).map(({ toMs }) => toMs));
  expect(endOf(lastName(5 * MINUTE_MS))).toBe(1_000 * HOUR_MS + 2 * MINUTE_MS);
  expect(endOf("traffic 0 ago")).toBe(1_000 * HOUR_MS + MINUTE_MS);
  expect(endOf("traffic 86400000 ago")).toBe(976 * HOUR_MS + MINUTE_MS);
});

test("thirty days are read by the hour but for the last one", () => {
  const [hours, minutes, ...others] = budgetWindow(1_000 * HOUR_MS + 90_500);
  expect(hours).toMatchObject({ grain: "hour", fromMs: 280 * HOUR_MS, toMs: 1_000 * HOUR_MS });
  expect(minutes).toMatchObject({ grain: "minute", toMs: 1_000 * HOUR_MS + 2 * MINUTE_MS });
  expect(others).toEqual([]);
});
