import { CircleCheck, CircleDashed, CircleX, Hourglass, type LucideIcon, TriangleAlert } from "lucide-react";
import type { TestRun } from "@/contracts/test-runs";
import type { RunVerdict as Verdict } from "@/domain/test-runs/assess-run";
import { cn } from "../../ui/cn";

const LOOKS: Record<Verdict, { icon: LucideIcon; text: string; word: string }> = {
  as_expected: { icon: CircleCheck, text: "text-good", word: "passes, as expected" },
  early_pass: { icon: TriangleAlert, text: "text-warn", word: "passes too early" },
  unexpected_fail: { icon: CircleX, text: "text-bad", word: "fails, and should pass" },
  no_data: { icon: CircleDashed, text: "text-muted", word: "no data" },
};

const WAITING = { icon: Hourglass, text: "text-muted", word: "fails, as expected" };

/** A run held against what is expected, as icon and word. */
export function RunVerdict({ run: { verdict, expected } }: { run: Pick<TestRun, "verdict" | "expected"> }) {
  const { icon: Icon, text, word } = verdict === "as_expected" && expected === "fail" ? WAITING : LOOKS[verdict];
  return (
    <span className={cn("inline-flex items-center gap-1.5 whitespace-nowrap font-medium", text)}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {word}
    </span>
  );
}
