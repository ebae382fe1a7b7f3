/** A scan for people: what counts first, then everything beside it. */
import { forTerminal } from "@/domain/alerts/escape-text";
import { type ConceptReport, ROLES, type ScanReport } from "@/domain/consolidation/types";

const MAX_LISTED = 20;

export function scanTable(report: ScanReport): string {
  const { commit, files, unparsed, notAnalysed, concepts } = report;
  const words =
    unparsed === 0
      ? ""
      : `  ${files - unparsed} were parsed; ${unparsed} hold no word of the concepts, and were read but not parsed\n`;
  const head = `${commit ? `commit ${commit.slice(0, 12)}, ` : ""}${files} source files, ${notAnalysed.length} not analysed\n${words}`;
  const broken = listed(notAnalysed.map(({ file, reason }) => `  ${file}: ${reason}`));
  return [head, broken, ...concepts.map(conceptTable)].join("");
}

export const speedLine = (files: number, seconds: number): string =>
  `\n${files} files in ${seconds.toFixed(1)} s: ${Math.round(files / Math.max(seconds, 0.001))} files/s\n`;

function conceptTable(concept: ConceptReport): string {
  const { id, count, target, compliance, symbols, importers, drift, handlerConflicts, missingModules } = concept;
  const { canonical, total, ratio } = compliance;
  const share = ratio === null ? "no file uses it" : `${(ratio * 100).toFixed(1)} %`;
  const widths = [
    Math.max(...ROLES.map((role) => role.length)),
    Math.max(0, ...symbols.map(({ name }) => name.length)),
  ];
  const rows = ROLES.flatMap((role) => symbols.filter((symbol) => symbol.role === role)).map(
    ({ role, name, file, line, reasons }) =>
      `${forTerminal(`  ${role.padEnd(widths[0] ?? 0)}  ${name.padEnd(widths[1] ?? 0)}  ${file}:${line}  ${reasons[0]?.text ?? ""}`)}\n`,
  );
  return [
    `\n${id}: ${count} implementation${count === 1 ? "" : "s"}, target ${target}\n`,
    `  compliance: ${canonical} of ${total} files use only the canonical path (${share})\n`,
    ...rows,
    section(
      "legacy importers",
      importers.legacy.map(
        ({ file, imports }) =>
          `${file}:${imports[0]?.line} ${imports.map(({ module, name }) => `${name} from ${module}`).join(", ")}`,
      ),
    ),
    section(
      "drift",
      drift.map(({ file, line, name, kind, text }) => `${file}:${line} ${name} (${kind}): ${text}`),
    ),
    section(
      "handler conflicts",
      handlerConflicts.map(
        ({ type, claims }) =>
          `${type}: ${claims.map(({ handler, file, line }) => `${handler} (${file}:${line})`).join(", ")}`,
      ),
    ),
    section(
      "missing modules",
      missingModules.map(({ file, line, text }) => `${file}:${line} ${text}`),
    ),
  ].join("");
}

const section = (title: string, lines: string[]): string =>
  lines.length === 0 ? "" : `  ${title} (${lines.length})\n${listed(lines.map((line) => `    ${line}`))}`;

const listed = (lines: string[]): string => {
  const left = lines.length - MAX_LISTED;
  const shown = lines.slice(0, MAX_LISTED).map((line) => `${forTerminal(line)}\n`);
  return shown.join("") + (left > 0 ? `    and ${left} more; --json has them all\n` : "");
};

/** Why a symbol has its role: each reason with its place. */
export function explanation(report: ScanReport, wanted: string): string | null {
  const parts = report.concepts.flatMap(({ id, symbols }) =>
    symbols
      .filter(({ name, file }) => name === wanted || `${file}:${name}` === wanted)
      .map(({ name, file, line, role, reasons }) => {
        const why = reasons
          .map((reason) => `${forTerminal(`  ${reason.file}:${reason.line}  ${reason.text}`)}\n`)
          .join("");
        return `${forTerminal(`${name} (${file}:${line}) is ${role} for ${id}`)}\n${why}`;
      }),
  );
  return parts.length === 0 ? null : parts.join("\n");
}
