import { describe, expect, test } from "vitest";
import { matchRouters, type SeenRouter, type Watched } from "./code-and-traffic";
import type { ConceptReport, Role } from "./types";

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 10, 21);
const WATCHED = { nowMs: NOW_MS, sinceMs: NOW_MS - 30 * DAY_MS, silentMs: 7 * DAY_MS };
const seen = (router: string, agoMs: number): SeenRouter => ({
  ...{ router, messages: 5, firstMs: NOW_MS - 20 * DAY_MS, lastMs: NOW_MS - agoMs },
});

function concept(id: string, roles: Record<string, Role>, importing: Record<string, string> = {}): ConceptReport {
  return {
    ...{ id, count: 0, target: 1, drift: [], handlerConflicts: [], missingModules: [] },
    compliance: { canonical: 0, total: 0, ratio: null },
    symbols: Object.entries(roles).map(([name, role]) => ({ name, role, file: `${name}.py`, line: 1, reasons: [] })),
    importers: {
      canonical: [],
      legacy: Object.entries(importing).map(([file, name]) => ({ file, imports: [{ line: 1, module: "old", name }] })),
    },
  };
}
const told = (concepts: ConceptReport[], routers: SeenRouter[], watched: Watched = WATCHED) =>
  matchRouters(concepts, routers, watched).map(({ router, state, safeToDelete }) => [router, state, safeToDelete]);

describe("a router is", () => {
  test("live in code and traffic, silent without a message, unknown without code", () => {
    const code = concept("message_router", { Router: "canonical", Quality: "duplicate", Silent: "duplicate" });
    expect(told([code], [seen("Router", 0), seen("Quality", 8 * DAY_MS), seen("Stale", 0)])).toEqual([
      ["Quality", "silent", true],
      ["Router", "live", false],
      ["Silent", "silent", true],
      ["Stale", "unknown", false],
    ]);
  });

  test("found by its last name where telemetry says where it is defined", () => {
    const code = concept("message_router", { Router: "canonical" });
    expect(told([code], [seen("app.routing:Router", 0)])).toEqual([["app.routing:Router", "live", false]]);
  });

  test("one router under all of its names, and live by any of them", () => {
    const code = concept("message_router", { Router: "duplicate" });
    const names = [seen("Router", 0), seen("app.routing:Router", 20 * DAY_MS)];
    for (const routers of [names, [...names].reverse()]) {
      expect(matchRouters([code], routers, WATCHED)).toMatchObject([{ router: "Router", state: "live", messages: 10 }]);
    }
  });

  test("nothing any more when the code does not have it and no message named it lately", () => {
    expect(told([concept("message_router", { Router: "canonical" })], [seen("Gone", 8 * DAY_MS)])).toEqual([
      ["Router", "silent", false],
    ]);
  });

  test("not safe to delete while it is canonical, while files import it, or before anybody watched for long enough", () => {
    const canonical = concept("message_router", { Router: "canonical" });
    expect(told([canonical], [])).toEqual([["Router", "silent", false]]);
    const imported = concept("message_router", { Old: "duplicate" }, { "a.py": "Old" });
    expect(told([imported], [])).toEqual([["Old", "silent", false]]);
    const fresh = { ...WATCHED, sinceMs: NOW_MS - 6 * DAY_MS };
    expect(told([concept("message_router", { Old: "duplicate" })], [], fresh)).toEqual([["Old", "silent", false]]);
    expect(told([concept("message_router", { Old: "duplicate" })], [], { ...fresh, sinceMs: null })).toEqual([
      ["Old", "silent", false],
    ]);
  });

  test("not safe to delete while something brings it under another name, or with its whole module", () => {
    const old = { name: "Old", file: "app/old.py", line: 4, role: "duplicate" as const, reasons: [] };
    const alias = {
      ...{ name: "Router", file: "app/shim.py", line: 1, role: "alias" as const },
      reasons: [{ file: "app/shim.py", line: 1, text: "is bound to Old: Old (app/old.py:4), a duplicate" }],
    };
    const imported = (module: string, name: string): ConceptReport => ({
      ...concept("message_router", {}),
      symbols: [old, alias, { ...old, name: "Beside", line: 9 }],
      importers: { canonical: [], legacy: [{ file: "u.py", imports: [{ line: 1, module, name }] }] },
    });
    const importersOf = (report: ConceptReport) =>
      matchRouters([report], [], WATCHED).find(({ router }) => router === "Old")?.importers;
    expect(importersOf(imported("app.shim", "Router"))).toBe(1);
    expect(importersOf(imported("app.old", "app"))).toBe(1);
    expect(importersOf(imported("app", "old"))).toBe(1);
    expect(importersOf(imported("./old.js", "make"))).toBe(1);
    expect(importersOf(imported("app.old", "Beside"))).toBe(0);
    expect(importersOf(imported("app.other", "Other"))).toBe(0);
  });

  test("no symbol of another job, nor one that handles nothing", () => {
    const other = concept("tool_dispatcher", { Dispatcher: "canonical" });
    const shims = concept("message_router", { Alias: "alias", Tombstone: "stub", Double: "test_double" });
    expect(told([other, shims], [])).toEqual([]);
    expect(told([other], [seen("Dispatcher", 0)])).toEqual([["Dispatcher", "live", false]]);
  });
});
