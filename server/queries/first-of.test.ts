import { expect, it } from "vitest";
import { firstOf, firstWithin } from "./first-of";

it("what is cut is counted", () => {
  expect(firstOf(["a", "b", "c"], 2)).toEqual({ items: ["a", "b"], omitted: 1 });
  expect(firstOf(["a"], 2)).toEqual({ items: ["a"], omitted: 0 });
});

it("a list ends where its next item would pass the bytes, as JSON counts them, or the number", () => {
  const escaped = "\\".repeat(4);
  expect(firstWithin([escaped, escaped, escaped], 9, 20)).toEqual({ items: [escaped, escaped], omitted: 1 });
  expect(firstWithin(["ä", "ä"], 9, 7)).toEqual({ items: ["ä"], omitted: 1 });
  expect(firstWithin(["a", "b", "c"], 2, 1_000)).toEqual({ items: ["a", "b"], omitted: 1 });
  expect(firstWithin(["a"], 2, 1_000)).toEqual({ items: ["a"], omitted: 0 });
});
