import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareScans } from "./compare-scans";
import { type ConceptReport, ROLES, type Role, type ScannedSymbol } from "./types";

const symbol = (name: string, role: Role, file = "app/routing.py", line = 1): ScannedSymbol => ({
  ...{ name, role, file, line, reasons: [] },
});
function concept(id: string, symbols: ScannedSymbol[], legacy: string[] = []): ConceptReport {
  const count = symbols.filter(({ role }) => role === "canonical" || role === "duplicate").length;
  return {
    ...{ id, count, target: 1, symbols, drift: [], handlerConflicts: [], missingModules: [] },
    compliance: { canonical: 0, total: legacy.length, ratio: legacy.length === 0 ? null : 0 },
    importers: { canonical: [], legacy: legacy.map((file) => ({ file, imports: [] })) },
  };
}

describe("two scans", () => {
  test("name what came, what went, what changed its role, and who began or ceased to import the old path", () => {
    const before = [
      concept(
        "router",
        [symbol("Router", "canonical"), symbol("OldRouter", "duplicate", "app/old.py")],
        ["a.py", "b.py"],
      ),
    ];
    const after = [
      concept(
        "router",
        [symbol("Router", "duplicate", "app/routing.py", 40), symbol("NewRouter", "canonical")],
        ["b.py", "c.py"],
      ),
    ];
    const [difference] = compareScans(before, after);
    expect(difference?.came.map(({ name }) => name)).toEqual(["NewRouter"]);
    expect(difference?.went.map(({ name }) => name)).toEqual(["OldRouter"]);
    expect(difference?.changed).toMatchObject([{ symbol: { name: "Router", role: "duplicate" }, was: "canonical" }]);
    expect(difference?.legacyImporters).toEqual({ came: ["c.py"], went: ["a.py"] });
    expect(difference?.count).toEqual({ before: 2, after: 2 });
  });

  test("say nothing of a symbol that merely moved within its file", () => {
    const at = (line: number) => [concept("router", [symbol("Router", "canonical", "a.py", line)])];
    expect(compareScans(at(1), at(400))).toEqual([]);
  });

  test("tell a concept that only one of them knows", () => {
    expect(compareScans([], [concept("router", [])])).toMatchObject([{ count: { before: null, after: 0 } }]);
  });

  const symbols = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("A", "B", "C"),
      file: fc.constantFrom("x.py", "y.py"),
      line: fc.integer({ min: 1, max: 9 }),
      role: fc.constantFrom(...ROLES),
      reasons: fc.constant<ScannedSymbol["reasons"]>([]),
    }),
    { maxLength: 8, selector: ({ file, line }) => `${file} ${line}` },
  );
  test("mirror each other, and nothing differs from itself", () => {
    fc.assert(
      fc.property(symbols, symbols, (left, right) => {
        const [there] = compareScans([concept("c", left)], [concept("c", right)]);
        const [back] = compareScans([concept("c", right)], [concept("c", left)]);
        expect(there?.came ?? []).toEqual(back?.went ?? []);
        expect(there?.went ?? []).toEqual(back?.came ?? []);
        expect(compareScans([concept("c", left)], [concept("c", [...left].reverse())])).toEqual([]);
      }),
    );
  });
});
