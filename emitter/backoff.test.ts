import { expect, it } from "vitest";
import { createBackoff } from "./backoff";

it("doubles up to the longest wait, and starts again after a success", () => {
  const backoff = createBackoff({ minMs: 100, maxMs: 500 }, () => 0);
  expect([backoff.nextMs(), backoff.nextMs(), backoff.nextMs(), backoff.nextMs()]).toEqual([100, 200, 400, 500]);
  backoff.reset();
  expect(backoff.nextMs()).toBe(100);
});

it("is shortened by at most a half", () => {
  expect(createBackoff({ minMs: 100, maxMs: 500 }, () => 1).nextMs()).toBe(50);
});
