/** A tree of sources in, a report out. */

import { livenessOf } from "@/domain/consolidation/program/liveness";
import { createProgram, type SourceModule } from "@/domain/consolidation/program/program";
import { reportConcept } from "@/domain/consolidation/report-concept";
import type { NotAnalysed, ScanReport } from "@/domain/consolidation/types";
import { kindOf } from "./classify";
import { type ScanConfig, toConcept } from "./config";
import { readPathSettings } from "./path-settings";
import type { ModuleReading } from "./read-module";
import type { SourceFile, SourceTree } from "./source-tree";

/** Reads every file of a tree; `onRead` is told how many are done. */
export type ReadAll = (tree: SourceTree, onRead?: (done: number) => void) => Promise<Map<string, ModuleReading>>;

export async function scanTree(
  tree: SourceTree,
  commit: string | null,
  config: ScanConfig,
  readAll: ReadAll,
  onRead?: (done: number) => void,
): Promise<ScanReport> {
  const readings = await readAll(tree, onRead);
  const sources: SourceModule[] = [];
  const notAnalysed: NotAnalysed[] = [...tree.unreadable];
  for (const { file } of tree.files) {
    const reading = readings.get(file);
    if (reading?.kind === "read") sources.push({ file, kind: kindOf(file), facts: reading.facts });
    else if (reading?.kind !== "generated") notAnalysed.push({ file, reason: reading?.reason ?? "cannot be read" });
  }
  const program = createProgram(sources, tree.files.map(fileOf), await readPathSettings(tree));
  const liveness = livenessOf(program);
  return {
    commit,
    files: tree.files.length,
    notAnalysed: notAnalysed.sort((a, b) => (a.file < b.file ? -1 : 1)),
    concepts: config.concepts.map((concept) => reportConcept(program, toConcept(concept), liveness)),
  };
}

const fileOf = ({ file }: SourceFile): string => file;
