import { describe, expect, test } from "vitest";
import { compareScans } from "./compare-scans";
import type { ConceptReport, Role, ScannedSymbol } from "./types";

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
    const old = [symbol("Router", "canonical"), symbol("OldRouter", "duplicate", "app/old.py")];
    const fresh = [symbol("Router", "duplicate"), symbol("NewRouter", "canonical")];
    const [difference] = compareScans(
      [concept("router", old, ["a.py", "b.py"])],
      [concept("router", fresh, ["b.py", "c.py"])],
    );
    expect(difference?.came.map(({ name }) => name)).toEqual(["NewRouter"]);
    expect(difference?.went.map(({ name }) => name)).toEqual(["OldRouter"]);
    expect(difference?.changed).toMatchObject([{ name: "Router", role: "duplicate", before: "canonical" }]);
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
});
