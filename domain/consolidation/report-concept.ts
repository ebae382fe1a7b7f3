/** Everything that a scan says of one concept. */
import { misfitsOf } from "./call-sites";
import { handlerConflictsOf } from "./conflicts";
import { interfaceDriftOf } from "./drift";
import { complianceOf, importersOf } from "./importers";
import { missingModulesOf } from "./missing-modules";
import { isCandidate } from "./roles/create-judging";
import type { Judging } from "./roles/judging";
import { symbolsOf } from "./symbols";
import type { ConceptReport, Drift, ScannedSymbol } from "./types";

export type Found = Pick<ConceptReport, "symbols" | "importers">;

/** What further files are looked for by. */
export const findConcept = (judging: Judging): Found => ({
  symbols: symbolsOf(judging),
  importers: importersOf(judging),
});

export function reportConcept(judging: Judging, { symbols, importers }: Found): ConceptReport {
  const { program, concept } = judging;
  const routers = [...program.modules.values()].flatMap(({ file, kind, facts }) =>
    kind !== "source" || !concept.inScope(file) ? [] : facts.classes.map((fact) => ({ file, fact })),
  );
  const drift = [
    ...interfaceDriftOf(
      judging,
      routers.filter((at) => isCandidate(judging, at)),
    ),
    ...misfitsOf(judging),
  ];
  return {
    id: concept.id,
    count: implementationCount(symbols),
    target: concept.target,
    compliance: complianceOf(importers),
    symbols,
    importers,
    drift: drift.sort(byPlace),
    handlerConflicts: handlerConflictsOf(judging),
    missingModules: missingModulesOf(judging, usersOf(symbols, importers)),
  };
}

/** Files that hold a symbol of the concept, or import one. */
export const usersOf = (symbols: readonly ScannedSymbol[], importers: ConceptReport["importers"]): Set<string> =>
  new Set(
    [...symbols.filter(({ role }) => role !== "unrelated"), ...importers.canonical, ...importers.legacy].map(
      ({ file }) => file,
    ),
  );

export const implementationCount = (symbols: readonly Pick<ScannedSymbol, "role">[]): number =>
  symbols.filter(({ role }) => role === "canonical" || role === "duplicate").length;

const byPlace = (a: Drift, b: Drift): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line);
