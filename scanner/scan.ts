/** A tree of sources in, a report out. */

import type { ModuleFacts } from "@/domain/consolidation/facts";
import { livenessOf } from "@/domain/consolidation/program/liveness";
import { createProgram, type SourceModule } from "@/domain/consolidation/program/program";
import { reportConcept } from "@/domain/consolidation/report-concept";
import type { NotAnalysed, ScanReport } from "@/domain/consolidation/types";
import { kindOf } from "./classify";
import { type ScanConfig, toConcept } from "./config";
import { readPathSettings } from "./path-settings";
import type { ModuleReading } from "./read-module";
import type { SourceFile, SourceTree } from "./source-tree";
import { moreWords, type Words, wordsOf } from "./words";

/** Reads every file of a tree, and looks into those that hold one of the words; `onRead` is told how many are done. */
export type ReadAll = (
  tree: SourceTree,
  words: Words | null,
  onRead?: (done: number) => void,
) => Promise<Map<string, ModuleReading>>;

/** Up to this many files all are looked into. */
const SMALL = 1500;
const MAX_ROUNDS = 5;

export interface ScanOptions {
  onRead?: ((done: number) => void) | undefined;
  /** Looks only into files that can matter even in a small tree. */
  sparing?: boolean;
}

export async function scanTree(
  tree: SourceTree,
  commit: string | null,
  config: ScanConfig,
  readAll: ReadAll,
  { onRead, sparing = false }: ScanOptions = {},
): Promise<ScanReport> {
  const settings = await readPathSettings(tree);
  let words = sparing || tree.files.length > SMALL ? wordsOf(config) : null;
  for (let round = 1; ; round += 1) {
    const readings = await readAll(tree, words, onRead);
    const { sources, notAnalysed } = sorted(tree, readings);
    const program = createProgram(sources, [...tree.files.map(fileOf), ...tree.links.keys()], settings, tree.links);
    const liveness = livenessOf(program);
    const concepts = config.concepts.map((concept) => reportConcept(program, toConcept(concept), liveness));
    const report = { commit, files: tree.files.length, notAnalysed, concepts };
    const more = words && round < MAX_ROUNDS ? moreWords(words, report, basesOf(report, sources)) : null;
    if (!more) return report;
    words = more;
  }
}

function sorted(tree: SourceTree, readings: Map<string, ModuleReading>) {
  const sources: SourceModule[] = [];
  const notAnalysed: NotAnalysed[] = [...tree.unreadable];
  const taken = new Set<ModuleFacts>();
  for (const { file } of tree.files) {
    const reading = readings.get(file);
    if (reading?.kind === "read") {
      // Two files with the same text are two modules, with classes of their own.
      const facts = taken.has(reading.facts) ? structuredClone(reading.facts) : reading.facts;
      taken.add(facts);
      sources.push({ file, kind: kindOf(file), facts });
    } else if (!reading) notAnalysed.push({ file, reason: "cannot be read" });
    else if (reading.kind === "failed") notAnalysed.push({ file, reason: reading.reason });
  }
  return { sources, notAnalysed: notAnalysed.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

/** Names that the classes of a report derive from. */
function basesOf({ concepts }: ScanReport, sources: SourceModule[]): string[] {
  const facts = new Map(sources.map(({ file, facts: { classes } }) => [file, classes]));
  const places = concepts.flatMap(({ symbols }) => symbols).filter(({ role }) => role !== "unrelated");
  return places
    .flatMap(({ file, line }) => facts.get(file)?.find((one) => one.line === line)?.bases ?? [])
    .map((ref) => ref.split(".").at(-1) ?? ref);
}

const fileOf = ({ file }: SourceFile): string => file;
