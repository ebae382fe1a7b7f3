/** A tree of sources in, a report out. */

import { type Carriers, carriersOf } from "@/domain/consolidation/carriers";
import type { ModuleFacts } from "@/domain/consolidation/facts";
import { livenessOf } from "@/domain/consolidation/program/liveness";
import { createProgram, type SourceModule } from "@/domain/consolidation/program/program";
import { findConcept, reportConcept } from "@/domain/consolidation/report-concept";
import { createJudging } from "@/domain/consolidation/roles/create-judging";
import type { NotAnalysed, ScanReport } from "@/domain/consolidation/types";
import { kindOf } from "./classify";
import { type ScanConfig, toConcept } from "./config";
import { type KnownReports, reportKey } from "./known-reports";
import { readPathSettings } from "./path-settings";
import type { ModuleReading } from "./read-module";
import type { Reader } from "./reader";
import type { SourceFile, SourceTree } from "./source-tree";
import { moreWords, type Words, wordsOf } from "./words";

/** What is parsed of the files that are read; null is all. */
export interface Wanted {
  words: Words;
  /** Whatever they hold. */
  files: ReadonlySet<string>;
}

/** Reads every file of a tree, and parses what is wanted; `onRead` is told how many are done. */
export type ReadAll = (
  tree: SourceTree,
  wanted: Wanted | null,
  onRead?: (done: number) => void,
) => Promise<Map<string, ModuleReading>>;

/** Up to this many files all are parsed, so that each that does not parse is named. */
const SMALL = 1500;
const MAX_ROUNDS = 12;

export interface ScanOptions {
  onRead?: ((done: number) => void) | undefined;
  /** Parses only files that can matter in a small tree too, or all of a large one. */
  parse?: "all" | "wanted" | "by-size";
  /** Reports of earlier scans, where they are kept. */
  known?: { reports: KnownReports; hashesOf: Reader["hashesOf"] } | null;
}

export async function scanTree(
  tree: SourceTree,
  commit: string | null,
  config: ScanConfig,
  readAll: ReadAll,
  { known = null, ...options }: ScanOptions = {},
): Promise<ScanReport> {
  if (!known) return judgeTree(tree, commit, config, readAll, options);
  const key = await reportKey(tree, await known.hashesOf(tree), config, options.parse ?? "by-size");
  const before = await known.reports.get(key);
  if (before) return { ...before, commit };
  const report = await judgeTree(tree, commit, config, readAll, options);
  await known.reports.set(key, report);
  return report;
}

async function judgeTree(
  tree: SourceTree,
  commit: string | null,
  config: ScanConfig,
  readAll: ReadAll,
  { onRead, parse = "by-size" }: Omit<ScanOptions, "known">,
): Promise<ScanReport> {
  const settings = await readPathSettings(tree);
  const sparing = parse === "wanted" || (parse === "by-size" && tree.files.length > SMALL);
  const words = sparing ? wordsOf(config) : null;
  let wanted: Wanted | null = words && { words, files: new Set() };
  const concepts = config.concepts.map(toConcept);
  for (let round = 1; ; round += 1) {
    const readings = await readAll(tree, wanted, onRead);
    const { sources, notAnalysed, unparsed } = sorted(tree, readings);
    const program = createProgram(sources, [...tree.files.map(fileOf), ...tree.links.keys()], settings, tree.links);
    const liveness = livenessOf(program);
    const judgings = concepts.map((concept) => createJudging(program, concept, liveness));
    const found = judgings.map((judging) => ({ judging, concept: findConcept(judging) }));
    const more =
      wanted && round < MAX_ROUNDS
        ? moreWanted(
            wanted,
            found.map(({ judging, concept }) => carriersOf(judging, concept)),
            settings,
            tree.links,
          )
        : null;
    if (!more) {
      const reports = found.map(({ judging, concept }) => reportConcept(judging, concept));
      return { commit, files: tree.files.length, unparsed, notAnalysed, concepts: reports };
    }
    wanted = more;
  }
}

/** Null where nothing is wanted that was not before. */
function moreWanted(
  { words, files }: Wanted,
  carriers: Carriers[],
  settings: Awaited<ReturnType<typeof readPathSettings>>,
  links: SourceTree["links"],
): Wanted | null {
  const all = (of: keyof Carriers): string[] => [...new Set(carriers.flatMap((one) => one[of]))];
  const needs = all("needs").filter((file) => !files.has(file));
  const holding = new Set(all("holding"));
  // A file is imported by the names of its links too.
  for (const [link, target] of links) if (holding.has(target)) holding.add(link);
  const found = { names: all("names"), dormant: all("dormant"), holding: [...holding], jobs: all("jobs"), needs };
  const more = moreWords(words, found, settings);
  return more || needs.length > 0 ? { words: more ?? words, files: new Set([...files, ...needs]) } : null;
}

function sorted(tree: SourceTree, readings: Map<string, ModuleReading>) {
  const sources: SourceModule[] = [];
  const notAnalysed: NotAnalysed[] = [...tree.unreadable];
  const taken = new Set<ModuleFacts>();
  let unparsed = 0;
  for (const { file } of tree.files) {
    const reading = readings.get(file);
    if (reading?.kind === "read") {
      // Two files with the same text are two modules, with classes of their own.
      const facts = taken.has(reading.facts) ? structuredClone(reading.facts) : reading.facts;
      taken.add(facts);
      sources.push({ file, kind: kindOf(file), facts });
    } else if (!reading) notAnalysed.push({ file, reason: "cannot be read" });
    else if (reading.kind === "failed") notAnalysed.push({ file, reason: reading.reason });
    else if (reading.kind === "unparsed") unparsed += 1;
  }
  return { sources, unparsed, notAnalysed: notAnalysed.sort((a, b) => (a.file < b.file ? -1 : 1)) };
}

const fileOf = ({ file }: SourceFile): string => file;
