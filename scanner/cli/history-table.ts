import { forTerminal } from "@/domain/alerts/escape-text";
import { diffScans } from "@/domain/consolidation/diff-scans";
import type { ConceptReport } from "@/domain/consolidation/types";
import type { ScannedCommit } from "../history";

const MAX_NAMED = 6;

/** One line a commit and concept, with the implementations that came and went since the commit before. */
export function historyLines(before: ScannedCommit | null, { committedAt, report }: ScannedCommit): string {
  const lines = report.concepts.map((concept) => {
    const { id, count, compliance } = concept;
    const { ratio, canonical, total } = compliance;
    const share = ratio === null ? "no file uses it" : `${(ratio * 100).toFixed(1)} % (${canonical}/${total})`;
    const unread = report.notAnalysed.length === 0 ? "" : `, ${report.notAnalysed.length} files not analysed`;
    const old = before?.report.concepts.find((one) => one.id === id);
    const changes = old ? changesBetween(old, concept) : "";
    const head = `${committedAt}  ${report.commit?.slice(0, 12)}  ${id}`;
    return `${forTerminal(`${head}  ${String(count).padStart(3)} implementations  ${share}${unread}${changes}`)}\n`;
  });
  return lines.join("");
}

const isImplementation = ({ role }: { role: string }): boolean => role === "canonical" || role === "duplicate";

function changesBetween(before: ConceptReport, after: ConceptReport): string {
  const { came, went, changed } = diffScans(before, after);
  const names = (sign: string, found: { name: string }[]) => {
    const left = found.length - MAX_NAMED;
    return (
      found
        .slice(0, MAX_NAMED)
        .map(({ name }) => `  ${sign}${name}`)
        .join("") + (left > 0 ? `  ${sign}${left} more` : "")
    );
  };
  const become = changed.filter((symbol) => isImplementation(symbol) && !isImplementation({ role: symbol.before }));
  const ceased = changed.filter((symbol) => !isImplementation(symbol) && isImplementation({ role: symbol.before }));
  return (
    names("+", [...came.filter(isImplementation), ...become]) +
    names("-", [...went.filter(isImplementation), ...ceased])
  );
}
