import fc from "fast-check";
import { expect, it } from "vitest";
import { jsonBytes } from "./json-bytes";

it("is near what the value is as JSON, whatever is in it", () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: true, maxDepth: 6 }), (value) => {
      const bytes = Buffer.byteLength(JSON.stringify(value));
      const counted = jsonBytes(value, Number.POSITIVE_INFINITY);
      expect(counted).toBeGreaterThan(bytes / 8);
      expect(counted).toBeLessThan(bytes * 3 + 16);
    }),
  );
});

it("counts bytes, not characters, and binary parts too", () => {
  expect(jsonBytes("€".repeat(1_000), 1e6)).toBe(3_002);
  expect(jsonBytes([Buffer.alloc(5_000)], 1e6)).toBeGreaterThan(5_000);
});

it("stops at the limit, and takes any depth", () => {
  expect(
    jsonBytes(
      Array.from({ length: 1_000 }, () => "x".repeat(1_000)),
      10_000,
    ),
  ).toBeLessThan(13_000);
  const deep = JSON.parse(`${"[".repeat(100_000)}${"]".repeat(100_000)}`);
  expect(jsonBytes(deep, 1e6)).toBeGreaterThan(100_000);
});
