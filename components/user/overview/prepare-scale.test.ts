import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { prepareScale } from "./prepare-scale";

const HOUR = 3_600_000;
const active = [
  { fromMs: 0, toMs: HOUR },
  { fromMs: 20 * HOUR, toMs: 21 * HOUR },
];
const scale = (shorten: boolean, widthPx = 1_000) =>
  prepareScale({ fromMs: 0, toMs: 24 * HOUR, active, widthPx, shorten });

describe("the time axis", () => {
  it("is even when silences are drawn as long as they were", () => {
    const { xOf, idle } = scale(false);
    expect([0, 6, 12, 24].map((hour) => xOf(hour * HOUR))).toEqual([0, 250, 500, 1_000]);
    expect(idle).toEqual([]);
  });

  it("gives the room of silences to what happened, and says how long they were", () => {
    const { xOf, idle } = scale(true);
    expect(idle.map(({ label }) => label)).toEqual(["19 h 00 min", "3 h 00 min"]);
    expect(xOf(HOUR)).toBeGreaterThan(400);
    expect(xOf(24 * HOUR)).toBeCloseTo(1_000);
  });

  it("keeps the order of times, and every place leads back to its time", () => {
    const moment = fc.integer({ min: 0, max: 24 * HOUR });
    const stretches = fc.array(fc.tuple(moment, fc.integer({ min: 0, max: HOUR })), { maxLength: 40 });
    fc.assert(
      fc.property(stretches, moment, moment, fc.boolean(), (parts, a, b, shorten) => {
        const happened = parts.map(([fromMs, ms]) => ({ fromMs, toMs: fromMs + ms }));
        const { xOf, msOf } = prepareScale({ fromMs: 0, toMs: 24 * HOUR, active: happened, widthPx: 800, shorten });
        expect(Math.sign(xOf(a) - xOf(b)) * Math.sign(a - b)).toBeGreaterThanOrEqual(0);
        expect(Math.abs(msOf(xOf(a)) - a)).toBeLessThan(1);
        expect(xOf(a)).toBeGreaterThanOrEqual(0);
        expect(xOf(a)).toBeLessThanOrEqual(800.001);
      }),
    );
  });

  it("leaves half of the width to what happened, however many silences there are", () => {
    const happened = Array.from({ length: 30 }, (_, n) => ({ fromMs: n * HOUR, toMs: n * HOUR + 1 }));
    const { idle } = prepareScale({ fromMs: 0, toMs: 30 * HOUR, active: happened, widthPx: 300, shorten: true });
    expect(idle.length).toBeLessThanOrEqual(4);
  });

  it("names times that do not stand on each other", () => {
    const { ticks } = scale(true);
    expect(ticks.length).toBeGreaterThan(3);
    const apart = ticks.slice(1).map((tick, n) => tick.x - (ticks[n]?.x ?? 0));
    expect(Math.min(...apart)).toBeGreaterThan(80);
  });

  it("stands a single moment", () => {
    const { xOf } = prepareScale({ fromMs: 5, toMs: 5, active: [{ fromMs: 5, toMs: 5 }], widthPx: 500, shorten: true });
    expect(xOf(5)).toBe(0);
  });
});
