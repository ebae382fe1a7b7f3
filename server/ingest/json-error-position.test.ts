import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { jsonErrorOffset, placeOf } from "./json-error-position";

const isJson = (text: string) => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("jsonErrorOffset", () => {
  it.each([
    ["", 0],
    ["  ", 2],
    ["{", 1],
    ["[1, 2", 5],
    ["[1, 2}", 5],
    ["[1,]", 3],
    ['{"a" 1}', 5],
    ['{"a":1,}', 7],
    ["{a:1}", 1],
    ['{"a":x}', 5],
    ["[1] 2", 4],
    ["nul", 0],
    ["[01]", 2],
    ['["a\nb"]', 3],
    ['["\\x"]', 2],
    ['["never ends', 12],
    ["'a'", 0],
  ])("%j goes wrong at %i", (text, offset) => {
    expect(isJson(text)).toBe(false);
    expect(jsonErrorOffset(text)).toBe(offset);
  });

  it("everything before the place could still have become JSON", () => {
    const damaged = fc.tuple(
      fc.json({ maxDepth: 4 }),
      fc.nat(),
      fc.constantFrom("", "}", "]", ",", ":", '"', "x", "\u0001", "\\"),
    );
    fc.assert(
      fc.property(damaged, ([json, at, char]) => {
        const place = at % (json.length + 1);
        const text = json.slice(0, place) + char + json.slice(place + 1);
        if (isJson(text)) return;
        const offset = jsonErrorOffset(text);
        expect(offset).toBeLessThanOrEqual(text.length);
        const before = text.slice(0, offset);
        if (!isJson(before)) expect(jsonErrorOffset(before)).toBe(before.length);
      }),
    );
  });

  it("walks 100,000 levels and a string of megabytes", () => {
    expect(jsonErrorOffset("[".repeat(100_000))).toBe(100_000);
    const long = `["${'\\"'.repeat(2_000_000)}" x]`;
    expect(jsonErrorOffset(long)).toBe(long.length - 2);
  });

  it("says line and column", () => {
    expect(placeOf("[1,\n  2,\n x", 10)).toBe("line 3, column 2");
  });
});
