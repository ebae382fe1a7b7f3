import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { campaignWindows, holdFault, stepsBetween, windowFault } from "./campaign-windows";
import { parsePeriod, periodText } from "./period";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const AS_OF_MS = Date.parse("2026-03-04T10:17:30.500Z");
const windowMinutes = fc.constantFrom(5, 10, 15, 20, 30, 60, 180, 720, 780, 1_440, 10_080);

describe("the windows of a campaign's traffic", () => {
  test("reach back for as long as everything must hold, and the newest ends now", () => {
    fc.assert(
      fc.property(windowMinutes, fc.nat(60_000), fc.nat(10 ** 9), (length, holdMinutes, offsetMs) => {
        const time = { windowMinutes: length, holdMinutes };
        fc.pre(holdFault(time) === null);
        const asOfMs = AS_OF_MS + offsetMs;
        const { past, now } = campaignWindows(time, asOfMs);
        expect(asOfMs - (past.fromMs + past.windowMs)).toBeGreaterThanOrEqual(holdMinutes * MINUTE_MS);
        expect(past.fromMs % past.windowMs).toBe(0);
        expect(past.toMs).toBeLessThanOrEqual(asOfMs);
        expect(now.toMs).toBe(asOfMs);
        expect(now.fromMs % (now.grain === "minute" ? MINUTE_MS : HOUR_MS)).toBe(0);
        expect(asOfMs - now.fromMs).toBeGreaterThanOrEqual(length * MINUTE_MS);
      }),
    );
  });

  test("are read in steps between two of them, of which a whole number makes a window", () => {
    fc.assert(
      fc.property(windowMinutes, fc.nat(10 ** 9), fc.nat(), (length, offsetMs, part) => {
        const asOfMs = AS_OF_MS + offsetMs;
        const { past } = campaignWindows({ windowMinutes: length, holdMinutes: 0 }, asOfMs);
        const turn = { afterMs: past.toMs, beforeMs: past.toMs + (part % past.windowMs) + 1 };
        const steps = stepsBetween({ windowMinutes: length }, turn, asOfMs);
        expect(steps?.fromMs).toBe(turn.afterMs - past.windowMs + (steps?.windowMs ?? 0));
        expect(past.windowMs % (steps?.windowMs ?? 1)).toBe(0);
        expect(turn.beforeMs - (steps?.toMs ?? 0)).toBeLessThan(steps?.windowMs ?? 0);
      }),
    );
    const longAgo = { afterMs: AS_OF_MS - 20 * 24 * HOUR_MS, beforeMs: AS_OF_MS - 19 * 24 * HOUR_MS };
    expect(stepsBetween({ windowMinutes: 60 }, longAgo, AS_OF_MS)).toBeNull();
  });

  test("are read to the minute up to half a day, and by hours beyond", () => {
    const { past, now } = campaignWindows({ windowMinutes: 10, holdMinutes: 60 }, AS_OF_MS);
    expect(now).toMatchObject({ fromMs: Date.parse("2026-03-04T10:07:00.000Z"), grain: "minute" });
    expect(past).toMatchObject({ toMs: Date.parse("2026-03-04T10:10:00.000Z"), grain: "minute" });
    const daily = campaignWindows({ windowMinutes: 1_440, holdMinutes: 10_080 }, AS_OF_MS);
    expect(daily.now).toMatchObject({ fromMs: Date.parse("2026-03-03T10:00:00.000Z"), grain: "hour" });
  });

  test.each([
    [5, null],
    [60, null],
    [10_080, null],
    [7, "must be"],
    [90, "must be"],
    [20_160, "must be"],
  ])("may be %i minutes long: %s", (minutes, fault) => {
    if (fault === null) expect(windowFault(minutes)).toBeNull();
    else expect(windowFault(minutes)).toContain(fault);
  });

  test("limit how long everything must hold by what is kept of them", () => {
    expect(holdFault({ windowMinutes: 30, holdMinutes: 14 * 1_440 })).toContain("13 days");
    expect(holdFault({ windowMinutes: 60, holdMinutes: 60_060 })).toContain("1000 windows");
    expect(holdFault({ windowMinutes: 1_440, holdMinutes: 365 * 1_440 })).toBeNull();
  });
});

describe("a period", () => {
  test.each([
    ["30m", 30],
    ["12h", 720],
    ["7d", 10_080],
    ["2w", 20_160],
    ["0", 0],
    ["7", null],
    ["1.5h", null],
    ["d", null],
  ])("%s is read", (text, minutes) => expect(parsePeriod(text)).toBe(minutes));

  test("is written as it is read", () => {
    fc.assert(
      fc.property(fc.nat(900_000), (minutes) => {
        expect(parsePeriod(periodText(minutes))).toBe(minutes);
      }),
    );
  });
});
