/** Routers that telemetry names, held against the symbols that a scan found. */
import type { ConceptReport, Role, ScannedSymbol } from "./types";

/** A router as telemetry knows it. */
export interface SeenRouter {
  router: string;
  /** Over everything that is kept. */
  messages: number;
  firstMs: number | null;
  lastMs: number | null;
}

export interface MatchedRouter extends SeenRouter {
  state: "live" | "silent" | "unknown";
  symbols: (Omit<ScannedSymbol, "reasons"> & { concept: string })[];
  /** Files that import one of the symbols. */
  importers: number;
  /** Silent for the whole time that was watched, no canonical, and imported by nobody. */
  safeToDelete: boolean;
}

export interface Watched {
  nowMs: number;
  /** When the first telemetry came; null = there is none. */
  sinceMs: number | null;
  /** Without a message for so long a router is silent. */
  silentMs: number;
}

/** Roles whose bodies handle messages; the others hand them on, or never run. */
const HANDLING: ReadonlySet<Role> = new Set(["canonical", "duplicate", "thin_subclass", "adapter", "proxy", "dormant"]);

/** What telemetry calls a router, as code would: "app.routing.QualityRouter" is QualityRouter. */
const nameInCode = (router: string) => router.split(/[.:/#]/).at(-1) ?? router;

/**
 * Every router of the traffic that the code has or that was seen lately, and every symbol of a concept of routers that handles messages. A concept is one of
 * routers where the traffic names one of its symbols, or where its id says so.
 */
export function matchRouters(
  concepts: readonly ConceptReport[],
  seen: readonly SeenRouter[],
  watched: Watched,
): MatchedRouter[] {
  const called = byNameInCode(seen);
  const ofRouters = concepts.filter(
    ({ id, symbols }) => /router/i.test(id) || symbols.some(({ name }) => called.has(name)),
  );
  const inCode = new Map<string, MatchedRouter["symbols"]>();
  for (const { id, symbols } of ofRouters) {
    for (const { name, file, line, role } of symbols) {
      if (!HANDLING.has(role)) continue;
      const known = inCode.get(name);
      const symbol = { name, file, line, role, concept: id };
      if (known) known.push(symbol);
      else inCode.set(name, [symbol]);
    }
  }
  const lately = [...called.values()].filter(
    ({ lastMs }) => lastMs !== null && watched.nowMs - lastMs < watched.silentMs,
  );
  const names = new Set([...inCode.keys(), ...lately.map(({ router }) => nameInCode(router))]);
  return [...names].sort().map((name) => {
    const router = called.get(name) ?? { router: name, messages: 0, firstMs: null, lastMs: null };
    const symbols = inCode.get(name) ?? [];
    const importers = importersOf(ofRouters, name, symbols);
    const state = stateOf(router, symbols.length > 0, watched);
    const canonical = symbols.some(({ role }) => role === "canonical");
    const longEnough = watched.sinceMs !== null && watched.nowMs - watched.sinceMs >= watched.silentMs;
    return {
      ...router,
      ...{ state, symbols, importers },
      safeToDelete: state === "silent" && longEnough && !canonical && importers === 0,
    };
  });
}

/** Telemetry may call one router by several names, with its module and without: what any of them did, it did. */
function byNameInCode(seen: readonly SeenRouter[]): Map<string, SeenRouter> {
  const called = new Map<string, SeenRouter>();
  for (const router of seen) {
    const name = nameInCode(router.router);
    const known = called.get(name);
    called.set(name, known ? together(known, router) : router);
  }
  return called;
}

/** Under the name that was used last. */
function together(a: SeenRouter, b: SeenRouter): SeenRouter {
  const times = (key: "firstMs" | "lastMs") => [a[key], b[key]].filter((ms) => ms !== null);
  const [firstMs, lastMs] = [times("firstMs"), times("lastMs")];
  return {
    router: (b.lastMs ?? 0) > (a.lastMs ?? 0) ? b.router : a.router,
    messages: a.messages + b.messages,
    firstMs: firstMs.length === 0 ? null : Math.min(...firstMs),
    lastMs: lastMs.length === 0 ? null : Math.max(...lastMs),
  };
}

function stateOf({ lastMs }: SeenRouter, inCode: boolean, { nowMs, silentMs }: Watched): MatchedRouter["state"] {
  if (!inCode) return "unknown";
  return lastMs !== null && nowMs - lastMs < silentMs ? "live" : "silent";
}

const LEADS_ON: ReadonlySet<Role> = new Set(["alias", "re_export", "factory", "thin_subclass", "proxy", "adapter"]);

/** The module that a file is, by its last name: `app/old/__init__.py` is `old`. */
const moduleOf = (file: string): string =>
  file
    .replace(/(\/(__init__|index))?(\.d)?\.\w+$/, "")
    .split("/")
    .at(-1) ?? file;

const lastOf = (module: string): string =>
  module
    .replace(/\.[mc]?[jt]sx?$/, "")
    .split(/[./]/)
    .at(-1) ?? module;

/** Files that import it by its name, through what is bound to it, derives from it or makes it, or with its whole module. */
function importersOf(concepts: readonly ConceptReport[], name: string, symbols: MatchedRouter["symbols"]): number {
  const places = symbols.map(({ file, line }) => `${name} (${file}:${line})`);
  const all = concepts.flatMap((concept) => concept.symbols);
  const leading = all.filter(
    ({ role, reasons }) =>
      LEADS_ON.has(role) && reasons.some(({ text }) => places.some((place) => text.includes(place))),
  );
  const names = new Set([name, ...leading.map((one) => one.name)]);
  const others = new Set(all.map((one) => one.name).filter((one) => !names.has(one)));
  const modules = new Set(symbols.map(({ file }) => moduleOf(file)));
  const files = new Set<string>();
  for (const { importers } of concepts) {
    for (const { file, imports } of [...importers.canonical, ...importers.legacy]) {
      const brings = imports.some(
        (imported) =>
          names.has(imported.name) ||
          modules.has(imported.name) ||
          (modules.has(lastOf(imported.module)) && !others.has(imported.name)),
      );
      if (brings) files.add(file);
    }
  }
  return files.size;
}
