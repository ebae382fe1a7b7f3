import { cn } from "../../ui/cn";
import type { PreparedObjective } from "./prepare-objectives";

/** What is left of a budget, as bar and words. */
export function Budget({ budget: { text, left } }: { budget: PreparedObjective["budget"] }) {
  const fill = left === null ? "" : left === 0 ? "bg-bad-fill" : left < 0.25 ? "bg-warn-fill" : "bg-good-fill";
  return (
    <div className="min-w-32">
      <div aria-hidden className="h-1.5 overflow-hidden rounded-full bg-raised">
        <div className={cn("h-full rounded-full", fill)} style={{ width: `${(left ?? 0) * 100}%` }} />
      </div>
      <p className={cn("mt-1 text-xs", left === 0 ? "font-medium text-bad" : "text-muted")}>{text}</p>
    </div>
  );
}
