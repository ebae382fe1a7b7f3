import { CircleCheck, CircleDashed, CircleX, type LucideIcon, TriangleAlert } from "lucide-react";
import type { RunVerdict as Verdict } from "@/domain/test-runs/assess-run";
import { cn } from "../../ui/cn";

const LOOKS: Record<Verdict, { icon: LucideIcon; text: string; word: string }> = {
  as_expected: { icon: CircleCheck, text: "text-good", word: "as expected" },
  early_pass: { icon: TriangleAlert, text: "text-warn", word: "passes too early" },
  unexpected_fail: { icon: CircleX, text: "text-bad", word: "fails" },
  no_data: { icon: CircleDashed, text: "text-muted", word: "no data" },
};

/** A run held against what is expected, as icon and word. */
export function RunVerdict({ verdict }: { verdict: Verdict }) {
  const { icon: Icon, text, word } = LOOKS[verdict];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap font-medium", text)}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {word}
    </span>
  );
}
