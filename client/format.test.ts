import { describe, expect, it } from "vitest";
import {
  ago,
  axisTime,
  clockWithMs,
  counted,
  duration,
  fieldTime,
  fullUtc,
  parseFieldTime,
  percent,
  zonedSentence,
} from "./format";

const AT = "2026-01-31T12:03:04.005Z";

describe("format", () => {
  it.each([
    [null, "–"],
    [0, "0 ms"],
    [840.4, "840 ms"],
    [999.7, "1.00 s"],
    [12_449, "12.4 s"],
    [59_970, "1 min 00 s"],
    [200_000, "3 min 20 s"],
    [7_500_000, "2 h 05 min"],
    [864_000_000, "10 d 0 h"],
    [-50, "-50 ms"],
  ])("writes %s ms as %s", (ms, text) => expect(duration(ms)).toBe(text));

  it.each([
    [null, "–"],
    [1, "100 %"],
    [0.99999, "99.99 %"],
    [0.995, "99.50 %"],
    [0, "0.00 %"],
  ])("never rounds a ratio up: %s reads %s", (ratio, text) => expect(percent(ratio)).toBe(text));

  it("writes times in UTC when asked to, to the millisecond", () => {
    expect(clockWithMs(AT, "utc")).toBe("12:03:04.005");
    expect(fullUtc(AT)).toBe("2026-01-31 12:03:04.005 UTC");
    expect(axisTime(Date.parse(AT), 60_000, "utc")).toBe("12:03");
    expect(axisTime(Date.parse(AT), 3_600_000, "utc")).toBe("31 Jan 12:03");
  });

  it.each(["utc", "local"] as const)("reads back the range field it wrote in %s time", (zone) => {
    const ms = Date.parse("2026-01-31T12:03:04.000Z");
    expect(parseFieldTime(fieldTime(ms, zone), zone)).toBe(ms);
  });

  it("refuses a range field that holds no time", () => expect(parseFieldTime("soon", "utc")).toBeNull());

  it("says how long ago, and never in the future", () => {
    expect(ago(AT, Date.parse(AT) + 61_000)).toBe("1 min ago");
    expect(ago(AT, Date.parse(AT) - 5_000)).toBe("0 s ago");
  });

  it("puts the moments of a sentence into the reader's zone, across midnight too", () => {
    const expected = clockWithMs("2026-02-01T00:00:00.250Z", "local");
    expect(zonedSentence("emitted at 00:00:00.250, then silence", "2026-01-31T23:59:58.000Z", "local")).toBe(
      `emitted at ${expected}, then silence`,
    );
    expect(zonedSentence("emitted at 00:00:00.250", AT, "utc")).toBe("emitted at 00:00:00.250");
  });

  it("counts in words", () =>
    expect([counted(1, "journey"), counted(1200, "journey")]).toEqual(["1 journey", "1,200 journeys"]));
});
