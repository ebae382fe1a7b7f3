/** The gate: is a scan worse than what was stored, or past a limit. */
import { z } from "zod";
import type { ConceptReport, ScanReport } from "./types";

const symbolId = z.object({ name: z.string(), file: z.string() });

/** What a later scan is held against. Kept beside the sources, so it says nothing of lines. */
export const scanState = z.object({
  notAnalysed: z.array(z.string()),
  concepts: z.record(
    z.string(),
    z.object({
      implementations: z.array(symbolId),
      legacyImporters: z.array(z.string()),
      compliance: z.number().nullable(),
    }),
  ),
});
export type ScanState = z.infer<typeof scanState>;

export interface Limits {
  implementations?: number | undefined;
  legacyImports?: number | undefined;
  /** Share of files, 0 to 1. */
  compliance?: number | undefined;
}

export interface Problem {
  concept: string | null;
  kind: "canonical" | "implementation" | "legacy_import" | "compliance" | "not_analysed";
  text: string;
}

const implementations = ({ symbols }: Pick<ConceptReport, "symbols">) =>
  symbols.filter(({ role }) => role === "canonical" || role === "duplicate");

export function stateOf({ concepts, notAnalysed }: ScanReport): ScanState {
  return {
    notAnalysed: notAnalysed.map(({ file }) => file),
    concepts: Object.fromEntries(
      concepts.map((concept) => [
        concept.id,
        {
          implementations: implementations(concept).map(({ name, file }) => ({ name, file })),
          legacyImporters: concept.importers.legacy.map(({ file }) => file),
          compliance: concept.compliance.ratio,
        },
      ]),
    ),
  };
}

/** `state` null: nothing was stored, only limits count. `limits` by concept id. */
export function checkScan(report: ScanReport, state: ScanState | null, limits: ReadonlyMap<string, Limits>): Problem[] {
  const unread = report.notAnalysed.filter(({ file }) => state !== null && !state.notAnalysed.includes(file));
  const problems: Problem[] = unread.map(({ file, reason }) => ({
    concept: null,
    kind: "not_analysed",
    text: `${file} is not analysed any more: ${reason}`,
  }));
  for (const concept of report.concepts) {
    const stored = state && Object.hasOwn(state.concepts, concept.id) ? state.concepts[concept.id] : undefined;
    if (stored) problems.push(...worseThan(concept, stored));
    problems.push(...beyond(concept, limits.get(concept.id) ?? {}));
  }
  return problems;
}

/** What the config calls canonical and no class is. `canonicals` by concept id. */
export function missingCanonicals({ concepts }: ScanReport, canonicals: ReadonlyMap<string, string | null>): Problem[] {
  return concepts.flatMap(({ id, symbols }): Problem[] => {
    const canonical = canonicals.get(id) ?? null;
    if (canonical === null || symbols.some(({ role }) => role === "canonical")) return [];
    const text = `canonical: ${canonical} is no class among the files that were analysed for this concept`;
    return [{ concept: id, kind: "canonical", text }];
  });
}

/** An implementation that only moved to another file did not come. */
function worseThan(concept: ConceptReport, stored: ScanState["concepts"][string]): Problem[] {
  const problems: Problem[] = [];
  const left = [...stored.implementations];
  const take = (fits: (one: { name: string; file: string }) => boolean): boolean => {
    const index = left.findIndex(fits);
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  };
  const elsewhere = implementations(concept).filter(
    ({ name, file }) => !take((one) => one.name === name && one.file === file),
  );
  for (const { name, file, line, reasons } of elsewhere.filter((symbol) => !take((one) => one.name === symbol.name))) {
    const text = `${name} (${file}:${line}) came as an implementation: ${reasons[0]?.text ?? ""}`;
    problems.push({ concept: concept.id, kind: "implementation", text });
  }
  for (const { file, imports } of concept.importers.legacy) {
    if (stored.legacyImporters.includes(file)) continue;
    const what = imports.map(({ line, name, module }) => `${name} from ${module} in line ${line}`).join(", ");
    problems.push({ concept: concept.id, kind: "legacy_import", text: `${file} came to import ${what}` });
  }
  const { ratio, canonical, total } = concept.compliance;
  if (ratio !== null && stored.compliance !== null && ratio < stored.compliance) {
    const text = `compliance fell from ${percent(stored.compliance)} to ${percent(ratio)} (${canonical} of ${total} files)`;
    problems.push({ concept: concept.id, kind: "compliance", text });
  }
  return problems;
}

function beyond({ id, count, importers, compliance, symbols }: ConceptReport, limits: Limits): Problem[] {
  const problems: Problem[] = [];
  if (limits.implementations !== undefined && count > limits.implementations) {
    const names = implementations({ symbols }).map(({ name, file, line }) => `${name} (${file}:${line})`);
    const text = `${count} implementations, the limit is ${limits.implementations}: ${names.join(", ")}`;
    problems.push({ concept: id, kind: "implementation", text });
  }
  if (limits.legacyImports !== undefined && importers.legacy.length > limits.legacyImports) {
    const text = `${importers.legacy.length} files with legacy imports, the limit is ${limits.legacyImports}: ${importers.legacy.map(({ file }) => file).join(", ")}`;
    problems.push({ concept: id, kind: "legacy_import", text });
  }
  const { ratio, canonical, total } = compliance;
  if (limits.compliance !== undefined && ratio !== null && ratio < limits.compliance) {
    const text = `compliance is ${percent(ratio)} (${canonical} of ${total} files), the limit is ${percent(limits.compliance)}`;
    problems.push({ concept: id, kind: "compliance", text });
  }
  return problems;
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;
