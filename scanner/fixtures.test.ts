import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scanReport } from "@/contracts/scans";
import type { ConceptReport, ScanReport } from "@/domain/consolidation/types";
import { explanation } from "./cli/as-table";
import { FIXTURES, scanFolder } from "./testing/scan-folder";

const tables = readFileSync(join(FIXTURES, "expected-roles.md"), "utf8").split("\n## ").slice(1);

function expectedOf(fixture: string): string[] {
  const table = tables.find((text) => text.startsWith(`${fixture}\n`)) ?? "";
  const rows = table.split("\n").filter((line) => line.startsWith("| ") && !/^\| (shape|---)/.test(line));
  return rows.map((row) =>
    row
      .split("|")
      .slice(2, 5)
      .map((cell) => cell.trim())
      .join(" "),
  );
}

const first = (report: ScanReport): ConceptReport => {
  const [concept] = report.concepts;
  if (!concept) throw new Error("no concept");
  return concept;
};

describe.each(["parlor", "arcade"])("the fixture %s", async (fixture) => {
  const folder = join(FIXTURES, fixture);
  const report = await scanFolder(folder);
  const concept = first(report);

  it("gives every symbol the role that stands beside it, and lists no other", () => {
    const found = concept.symbols.map(({ name, file, role }) => `${name} ${file} ${role}`);
    expect(found.sort()).toEqual(expectedOf(fixture).sort());
  });

  it("backs every role by reasons whose places exist", () => {
    for (const symbol of concept.symbols) {
      expect(symbol.reasons.length).toBeGreaterThan(0);
      for (const { file, line, text } of symbol.reasons) {
        expect(text).not.toBe("");
        expect(readFileSync(join(folder, file), "utf8").split("\n").length).toBeGreaterThanOrEqual(line);
      }
    }
  });

  it("reports in the form of the contract", () => {
    expect(scanReport.parse(report)).toEqual(report);
  });

  it("lists files that do not parse as not analysed", () => {
    expect(report.notAnalysed.map(({ file }) => file.split("/").at(-1)?.split(".")[0])).toEqual(["broken"]);
    expect(report.notAnalysed[0]?.reason).toMatch(/^syntax error in line \d+$/);
    expect(concept.symbols.filter(({ name }) => name === "BrokenRouter")).toEqual([]);
  });

  it("is the same where only files are looked into that can matter", async () => {
    expect(await scanFolder(folder, { parse: "wanted" })).toEqual({ ...report, unparsed: expect.any(Number) });
  });

  it("counts the canonical and the duplicates", () => {
    const counted = concept.symbols.filter(({ role }) => role === "canonical" || role === "duplicate");
    expect(concept.count).toBe(counted.length);
  });
});

describe("the fixture parlor in particular", async () => {
  const concept = first(await scanFolder(join(FIXTURES, "parlor")));
  const why = (name: string, file: string) =>
    concept.symbols
      .filter((one) => one.name === name && one.file === file)
      .flatMap(({ reasons }) => reasons.map(({ line, text }) => `${line} ${text}`))
      .join("\n");

  it("says that the later binding wins", () => {
    expect(why("MessageRouter", "parlor/compat/later_binding.py")).toContain(
      "4 the name was bound above (alias of CanonicalMessageRouter): this later one wins",
    );
  });

  it("says that an alias lies", () => {
    expect(why("CanonicalMessageRouter", "parlor/compat/lying.py")).toContain(
      "carries the canonical's name, but is not parlor/routing/canonical.py:12",
    );
  });

  it("names the class that an adapter keeps alive", () => {
    expect(why("ClassicRouter", "parlor/legacy/kept.py")).toContain(
      "dispatch() of CarefulRouter falls back to ClassicRouter",
    );
  });

  it("names a method that is defined twice", () => {
    expect(why("RepeatedRouter", "parlor/sockets/twice.py")).toContain(
      "11 route_message() was defined in line 8 already",
    );
  });

  it("finds calls that do not fit what they call", () => {
    const calls = concept.drift
      .filter(({ kind }) => kind === "call_site")
      .map(({ file, line, text }) => `${file}:${line} ${text}`);
    expect(calls).toEqual([
      "parlor/server.py:16 calls CanonicalMessageRouter.route_message with 4 arguments, it takes 2 to 3",
      "parlor/server.py:18 calls CanonicalMessageRouter.forward(), which does not exist",
      "parlor/sockets/twice.py:17 calls RepeatedRouter.route_message without socket, which it needs",
    ]);
  });

  it("finds the same job under another name, arity and without async", () => {
    const drift = concept.drift.filter(({ file }) => file === "parlor/agents/event_router.py");
    expect(drift.map(({ kind, method }) => `${kind} ${method}`)).toEqual([
      "method_name dispatch",
      "arity dispatch",
      "async dispatch",
    ]);
  });

  it("finds message types that several handlers claim", () => {
    expect(concept.handlerConflicts.map(({ type, claims }) => [type, claims.map(({ handler }) => handler)])).toEqual([
      ["rating", ["QualityHandler", "on_rating"]],
      ["start_agent", ["StartHandler", "QualityHandler"]],
    ]);
  });

  it("names imports of modules that are gone", () => {
    expect(concept.missingModules.map(({ file, module }) => `${file} ${module}`)).toEqual([
      "parlor/compat/fallback_import.py parlor.routing.reserve",
      "parlor/sockets/stale.py parlor.sockets.old_router",
    ]);
  });

  it("tells files that use only the canonical path from those that also take another", () => {
    expect(concept.importers.legacy.map(({ file }) => file)).toEqual([
      "parlor/compat/careful.py",
      "parlor/compat/lying.py",
      "parlor/server.py",
      "parlor/sockets/stale.py",
      "parlor/sockets/typed.py",
    ]);
    expect(concept.compliance).toEqual({ canonical: 10, total: 15, ratio: 10 / 15 });
  });
});

describe("signalbox explain", () => {
  it("gives file and line of each reason", async () => {
    const text = explanation(await scanFolder(join(FIXTURES, "parlor")), "BridgeRouter");
    expect(text).toMatch(/^BridgeRouter \(parlor\/compat\/bridge\.py:4\) is proxy for message-router\n/);
    expect(text).toContain("parlor/compat/bridge.py:14  __getattr__() hands on everything else to self._canonical");
  });

  it("knows nothing of a class that only a string mentions", async () => {
    expect(explanation(await scanFolder(join(FIXTURES, "parlor")), "BaseRouter")).toBeNull();
  });
});

describe("two files with the same text", () => {
  it("hold two implementations", async () => {
    const folder = mkdtempSync(join(tmpdir(), "twins-"));
    const text = readFileSync(join(FIXTURES, "parlor/parlor/legacy/kept.py"), "utf8");
    for (const name of ["one", "two"]) writeFileSync(join(folder, `${name}.py`), text);
    writeFileSync(join(folder, "main.py"), "import one\nimport two\n\none.ClassicRouter()\ntwo.ClassicRouter()\n");
    writeFileSync(join(folder, "signalbox.config.yaml"), 'concepts: [{ id: r, names: ["*Router"] }]\n');
    const concept = first(await scanFolder(folder));
    rmSync(folder, { recursive: true });
    expect(concept.symbols.map(({ file, role }) => `${file} ${role}`)).toEqual([
      "one.py duplicate",
      "two.py duplicate",
    ]);
  });
});
