import { expect, it } from "vitest";
import { exactDuration, parseDuration } from "./duration";

it.each([
  ["30 s", 30_000],
  ["30s", 30_000],
  [" 1.5 min ", 90_000],
  ["0,5 s", 500],
  ["250 ms", 250],
  ["2h", 7_200_000],
  ["2 m", 120_000],
])("%j is %i ms", (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

it.each(["", "30", "s", "-5 s", "5 s 3", "five s"])("%j is no duration", (text) => {
  expect(parseDuration(text)).toBeNull();
});

it("what is written is read as the same again", () => {
  for (const ms of [1, 999, 1_000, 1_500, 30_000, 90_000, 120_000, 3_600_000, 86_400_000]) {
    expect(parseDuration(exactDuration(ms))).toBe(ms);
  }
  expect([1_500, 30_000, 120_000, 90_000].map(exactDuration)).toEqual(["1500 ms", "30 s", "2 min", "90 s"]);
});
