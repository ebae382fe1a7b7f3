import { counted, figure, percent } from "@/client/format";
import type { ConceptFigures } from "@/contracts/http";
import { cn } from "../ui/cn";

interface Props {
  figures: ConceptFigures;
  chosen: boolean;
  onChoose: () => void;
}

/** One job: how many implementations there are against how many there should be, and who still imports the old path. */
export function ConceptCard({ figures, chosen, onChoose }: Props) {
  const { id, count, target, compliance, legacyImporters } = figures;
  const { canonical, total, ratio } = compliance;
  return (
    <li>
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className={cn(
          "h-full w-full rounded-lg border bg-surface p-4 text-left hover:border-line-strong",
          chosen && "border-accent hover:border-accent",
        )}
      >
        <span className="block break-words font-mono text-[12.5px] text-muted">{id}</span>
        <span className={cn("mt-1 block font-semibold text-2xl", count <= target ? "text-good" : "text-bad")}>
          {counted(count, "implementation")}
          <span className="ml-2 font-normal text-faint text-xs">target {figure(target)}</span>
        </span>
        <span className="mt-2 block text-[13px] text-muted">
          {ratio === null
            ? "No file uses it."
            : `${percent(ratio, 0)} compliance: ${figure(canonical)} of ${figure(total)} files use only the canonical path.`}
        </span>
        <span className="block text-[13px] text-muted">
          {legacyImporters === 0
            ? "No file imports an old path."
            : `${counted(legacyImporters, "file")} with old imports.`}
        </span>
      </button>
    </li>
  );
}
