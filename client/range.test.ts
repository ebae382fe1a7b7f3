import { describe, expect, it } from "vitest";
import { isoBounds, rangeAround, readRange } from "./range";

const FROM = "2026-01-31T12:00:00.000Z";
const TO = "2026-01-31T13:00:00.000Z";

describe("the URL's range", () => {
  it("takes absolute times before a moving window", () => {
    expect(isoBounds(readRange("15m", FROM, TO), 0)).toEqual({ from: FROM, to: TO });
  });
  it.each([
    [null, null],
    [TO, FROM],
    ["yesterday", TO],
  ])("falls back to the last hour for from %s to %s", (from, to) => {
    expect(readRange(null, from, to)).toEqual({ kind: "live", preset: "1h", minutes: 60 });
  });
  it("ends a moving window now", () => {
    expect(isoBounds(readRange("1h", null, null), Date.parse(TO))).toEqual({ from: FROM, to: TO });
  });
});

it("the time around something goes from half an hour before it began to half an hour after it ended", () => {
  expect(rangeAround(FROM, TO)).toEqual({ from: "2026-01-31T11:30:00.000Z", to: "2026-01-31T13:30:00.000Z" });
  expect(rangeAround(FROM, null)).toEqual({ from: "2026-01-31T11:30:00.000Z", to: "2026-01-31T12:30:00.000Z" });
});
