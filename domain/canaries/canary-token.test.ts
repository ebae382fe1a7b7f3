import fc from "fast-check";
import { expect, it } from "vitest";
import { CANARY_BYTES, canaryToken, canaryTokensIn, MAX_CANARY_TOKENS } from "./canary-token";

const token = fc.uint8Array({ minLength: CANARY_BYTES, maxLength: CANARY_BYTES }).map(canaryToken);
const BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

/** Puts `text` in the place of a leaf of any JSON, as value or as name, with other text around it. */
function planted(json: unknown, text: string, asName: boolean): unknown {
  if (Array.isArray(json) && json.length > 0) return [...json.slice(1), planted(json[0], text, asName)];
  if (typeof json === "object" && json !== null && !Array.isArray(json)) {
    const [first] = Object.entries(json);
    if (first) return { ...json, [first[0]]: planted(first[1], text, asName) };
  }
  return asName ? { [text]: json } : text;
}

it("has its form, and is found by it", () => {
  fc.assert(
    fc.property(token, (made) => {
      expect(made).toMatch(/^sbxc_[a-z2-7]{30}$/);
      expect(canaryTokensIn(JSON.stringify(made))).toEqual([made]);
    }),
  );
  expect(() => canaryToken(new Uint8Array(CANARY_BYTES - 1))).toThrow(RangeError);
});

it("is found wherever it stands in a payload, in any text, as value or as name", () => {
  fc.assert(
    fc.property(token, fc.jsonValue(), fc.string(), fc.string(), fc.boolean(), (made, json, before, after, asName) => {
      const payload = planted(json, before + made + after, asName);
      expect(canaryTokensIn(JSON.stringify(payload))).toContain(made);
    }),
  );
});

it("is found where the end of something like a token is its beginning", () => {
  fc.assert(
    fc.property(token, fc.integer({ min: 0, max: 34 }), (made, length) => {
      expect(canaryTokensIn(`sbxc_${"a".repeat(length)}${made}`)).toContain(made);
    }),
  );
});

it("is none with one character changed or two neighbours exchanged", () => {
  const at = fc.integer({ min: 5, max: 34 });
  fc.assert(
    fc.property(token, at, fc.constantFrom(...BASE32), (made, i, character) => {
      fc.pre(made[i] !== character);
      expect(canaryTokensIn(made.slice(0, i) + character + made.slice(i + 1))).toEqual([]);
    }),
  );
  fc.assert(
    fc.property(token, fc.integer({ min: 5, max: 29 }), (made, i) => {
      const [a = "", b = ""] = [made[i], made[i + 1]];
      fc.pre(a !== b);
      expect(canaryTokensIn(made.slice(0, i) + b + a + made.slice(i + 2))).toEqual([]);
    }),
  );
});

it("is named once, and no more than 32 of a payload are", () => {
  const made = Array.from({ length: 40 }, (_, i) => canaryToken(new Uint8Array(CANARY_BYTES).fill(i % 32, i >> 5)));
  const distinct = new Set(made);
  expect(distinct.size).toBeGreaterThan(MAX_CANARY_TOKENS);
  expect(canaryTokensIn(JSON.stringify([...made, ...made]))).toEqual([...distinct].slice(0, MAX_CANARY_TOKENS));
});

it("text made of beginnings is read once: no character is looked at more than 31 times", () => {
  for (const part of ["sbxc_", "sbxc_a", `sbxc_${"a".repeat(29)}`, `sbxc_${"a".repeat(30)}`, "sbxcsbxc_"]) {
    const text = part.repeat(1_000_000 / part.length);
    const startedMs = performance.now();
    expect(canaryTokensIn(text)).toEqual([]);
    expect(performance.now() - startedMs).toBeLessThan(1_000);
  }
});
