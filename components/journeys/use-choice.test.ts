import { expect, it } from "vitest";
import { toggled } from "./use-choice";

it.each([
  [[], "a", ["a"]],
  [["a"], "b", ["a", "b"]],
  [["a", "b"], "c", ["a", "c"]],
  [["a", "b"], "a", ["b"]],
])("of %j, choosing %s leaves %j", (ids, id, expected) => {
  expect(toggled(ids, id)).toEqual(expected);
});
