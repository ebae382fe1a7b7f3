import { describe, expect, it } from "vitest";
import {
  ago,
  axisTime,
  clockWithMs,
  counted,
  duration,
  fieldTime,
  fullUtc,
  namesAndMore,
  outOf,
  parseFieldTime,
  percent,
  splitMoments,
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

  it("writes times in any zone, summer and winter", () => {
    expect(clockWithMs(AT, "America/New_York")).toBe("07:03:04.005");
    expect(clockWithMs("2026-07-31T12:03:04.005Z", "America/New_York")).toBe("08:03:04.005");
    expect(axisTime(Date.parse(AT), 3_600_000, "Asia/Kathmandu")).toBe("31 Jan 17:48");
  });

  it.each(["utc", "local", "Asia/Kathmandu", "America/New_York"])(
    "reads back the range field it wrote in %s time",
    (zone) => {
      const ms = Date.parse("2026-01-31T12:03:04.000Z");
      expect(parseFieldTime(fieldTime(ms, zone), zone)).toBe(ms);
    },
  );

  it("refuses a range field that holds no time", () => expect(parseFieldTime("soon", "utc")).toBeNull());

  it("says how long ago, and never in the future", () => {
    expect(ago(AT, Date.parse(AT) + 61_000)).toBe("1 min ago");
    expect(ago(AT, Date.parse(AT) - 5_000)).toBe("0 s ago");
  });

  it("finds the moments of a sentence, across midnight too", () => {
    expect(splitMoments("emitted at 00:00:00.250, then silence", "2026-01-31T23:59:58.000Z")).toEqual([
      "emitted at ",
      { at: "2026-02-01T00:00:00.250Z" },
      ", then silence",
    ]);
    expect(splitMoments("23:59:59.999", "2026-02-01T00:00:01.000Z")).toEqual([
      "",
      { at: "2026-01-31T23:59:59.999Z" },
      "",
    ]);
    expect(splitMoments("no moment: 25:00:00.000", AT)).toEqual(["no moment: 25:00:00.000"]);
  });

  it("says how much of a list is shown", () => {
    expect([outOf(10, 27), outOf(10, 0), outOf(1_000, 1)]).toEqual(["10 of 37", "10", "1,000 of 1,001"]);
    expect([namesAndMore(["A", "B"], 12), namesAndMore(["A"], 0)]).toEqual(["A, B and 12 more", "A"]);
  });

  it("counts in words", () =>
    expect([counted(1, "journey"), counted(1200, "journey")]).toEqual(["1 journey", "1,200 journeys"]));
});
