import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkScan, stateOf } from "./check-scan";
import { complianceOf } from "./importers";
import { implementationCount } from "./report-concept";
import type { Role, ScanReport } from "./types";

interface Sketch {
  roles?: [name: string, file: string, role: Role][];
  canonical?: string[];
  legacy?: string[];
  broken?: string[];
}

function report({ roles = [], canonical = [], legacy = [], broken = [] }: Sketch): ScanReport {
  const importer = (file: string) => ({ file, imports: [{ line: 1, module: "m", name: "N" }] });
  const importers = { canonical: canonical.map(importer), legacy: legacy.map(importer) };
  const symbols = roles.map(([name, file, role]) => ({
    name,
    file,
    line: 1,
    role,
    reasons: [{ file, line: 1, text: "because" }],
  }));
  const concept = {
    id: "router",
    count: implementationCount(symbols),
    target: 1,
    compliance: complianceOf(importers),
    symbols,
    importers,
  };
  return {
    commit: null,
    files: 1,
    unparsed: 0,
    notAnalysed: broken.map((file) => ({ file, reason: "syntax error in line 1" })),
    concepts: [{ ...concept, drift: [], handlerConflicts: [], missingModules: [] }],
  };
}

const A: Sketch = {
  roles: [
    ["A", "a.py", "canonical"],
    ["B", "b.py", "duplicate"],
  ],
  canonical: ["x.py", "y.py"],
  legacy: ["z.py"],
};
const problems = (after: Sketch, limits = {}, before: Sketch | null = A) =>
  checkScan(report(after), before ? stateOf(report(before)) : null, new Map([["router", limits]])).map(
    ({ kind, text }) => `${kind}: ${text}`,
  );

describe("signalbox check", () => {
  it("passes what is as it was, or better", () => {
    expect(problems(A)).toEqual([]);
    expect(
      problems({
        ...A,
        roles: [
          ["A", "a.py", "canonical"],
          ["B", "b.py", "dormant"],
        ],
        legacy: [],
      }),
    ).toEqual([]);
    expect(
      problems({
        ...A,
        roles: [
          ["A", "a.py", "canonical"],
          ["B", "moved/b.py", "duplicate"],
        ],
      }),
    ).toEqual([]);
  });

  it("names the implementation that came, also in place of another", () => {
    const roles: Sketch["roles"] = [
      ["A", "a.py", "canonical"],
      ["C", "c.py", "duplicate"],
    ];
    expect(problems({ ...A, roles })).toEqual(["implementation: C (c.py:1) came as an implementation: because"]);
  });

  it("names a second implementation of a name that was there once", () => {
    const roles: Sketch["roles"] = [...(A.roles ?? []), ["B", "other.py", "duplicate"]];
    expect(problems({ ...A, roles })).toEqual(["implementation: B (other.py:1) came as an implementation: because"]);
  });

  it("names the file that came to import the legacy path, and the compliance that fell", () => {
    expect(problems({ ...A, legacy: ["z.py", "w.py"] })).toEqual([
      "legacy_import: w.py came to import N from m in line 1",
      "compliance: compliance fell from 66.7 % to 50.0 % (2 of 4 files)",
    ]);
  });

  it("takes a file that is not analysed any more for no clean one", () => {
    expect(problems({ ...A, broken: ["b.py"], roles: [["A", "a.py", "canonical"]] })).toEqual([
      "not_analysed: b.py is not analysed any more: syntax error in line 1",
    ]);
  });

  it("holds the limits of the config also where nothing was stored", () => {
    expect(problems(A, { implementations: 1, legacyImports: 0, compliance: 0.9 }, null)).toEqual([
      "implementation: 2 implementations, the limit is 1: A (a.py:1), B (b.py:1)",
      "legacy_import: 1 files with legacy imports, the limit is 0: z.py",
      "compliance: compliance is 66.7 % (2 of 3 files), the limit is 90.0 %",
    ]);
    expect(problems({}, { implementations: 1, legacyImports: 0, compliance: 0.9 }, null)).toEqual([]);
  });
});

describe("compliance", () => {
  const files = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"));
  it("never counts a file that also takes another path, and is no number where nothing uses the concept", () => {
    fc.assert(
      fc.property(files, files, (canonical, legacy) => {
        const { compliance } = report({ canonical, legacy }).concepts[0] ?? {};
        const total = new Set([...canonical, ...legacy]).size;
        const only = canonical.filter((file) => !legacy.includes(file)).length;
        expect(compliance).toEqual({ canonical: only, total, ratio: total === 0 ? null : only / total });
      }),
    );
  });
});
