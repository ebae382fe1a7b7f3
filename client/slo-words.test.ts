import { expect, test } from "vitest";
import { parseTarget, targetText } from "./slo-words";

test.each([
  ["99.5", 0.995],
  ["99,95 %", 0.9995],
  [" 99.999% ", 0.99999],
  ["50", 0.5],
])("%s is a target that reads the same again", (text, target) => {
  expect(parseTarget(text)).toBe(target);
  expect(parseTarget(targetText(target))).toBe(target);
});

test.each(["", "all", "-5", "9 9"])("%j is no target", (text) => {
  expect(parseTarget(text)).toBeNull();
});
