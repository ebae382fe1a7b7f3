import { describe, expect, it } from "vitest";
import { globFault, matchesName, pathMatcher } from "./glob";

describe("globs of names", () => {
  it.each([
    ["*Hub", "CoreHub", true],
    ["*Hub", "CoreHubs", false],
    ["Core?ub", "CoreHub", true],
    ["*a*b", "xaxbxb", true],
    ["a.b", "axb", false],
    ["*", "", true],
    ["", "x", false],
  ])("%s on %s: %s", (glob, name, expected) => {
    expect(matchesName(glob, name)).toBe(expected);
  });

  it("answers at once where stars are many", () => {
    expect(matchesName(`${"*a".repeat(200)}*b`, "a".repeat(20_000))).toBe(false);
  });
});

describe("globs of paths", () => {
  it.each([
    ["**", "a/b.py", true],
    ["app/**", "app/x/y.py", true],
    ["app/**", "apps/y.py", false],
    ["**/x.py", "x.py", true],
    ["**/legacy/**", "a/legacy/b/c.py", true],
    ["src/*.py", "src/a/b.py", false],
    ["src/{a,b}/*.ts", "src/b/x.ts", true],
    ["src/[a-c]?.py", "src/b1.py", true],
    ["src/[!a-c].py", "src/b.py", false],
    ["./src/*", "src/.hidden.py", true],
  ])("%s on %s: %s", (glob, path, expected) => {
    expect(pathMatcher([glob])(path)).toBe(expected);
  });

  it("answers at once where folders and stars are many", () => {
    expect(pathMatcher([`${"**/a/".repeat(50)}b`])("a/".repeat(2_000))).toBe(false);
  });

  it.each(["[", "../**", "/etc/**", "a/{b", "+(a|b)", "!a/**", "{a,b}".repeat(20)])(
    "names what is wrong with %s",
    (glob) => {
      expect(globFault(glob)).not.toBeNull();
    },
  );
});
