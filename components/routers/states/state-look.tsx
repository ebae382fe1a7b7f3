import { Circle, CircleCheck, CircleDashed, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import { cn } from "../../ui/cn";
import type { StateTone } from "./prepared-states";

const LOOKS: Record<StateTone, { icon: LucideIcon; text: string; band: string; narrow: string }> = {
  bad: {
    icon: OctagonAlert,
    text: "text-bad",
    band: "h-5 border-bad-fill bg-bad-soft text-bad",
    narrow: "bg-bad-fill",
  },
  warn: {
    icon: TriangleAlert,
    text: "text-warn",
    band: "h-5 border-warn-fill bg-warn-soft text-warn",
    narrow: "bg-warn-fill",
  },
  plain: {
    icon: Circle,
    text: "text-ink",
    band: "h-5 border-line-strong bg-raised text-muted",
    narrow: "bg-idle-fill",
  },
  good: { icon: CircleCheck, text: "text-good", band: "h-1.5 border-transparent bg-good-fill", narrow: "bg-good-fill" },
  unknown: {
    icon: CircleDashed,
    text: "text-faint",
    band: "h-0 border-0 border-t border-line-strong border-dashed",
    narrow: "",
  },
};

/** A state as icon and word; colour is never the only sign. */
export function StateWord({ state, tone }: { state: string; tone: StateTone }) {
  const { icon: Icon, text } = LOOKS[tone];
  return (
    <span className={cn("inline-flex min-w-0 items-center gap-1.5 font-medium", text)}>
      <Icon aria-hidden className="size-3.5 shrink-0" />
      <span className="truncate" title={state}>
        {state}
      </span>
    </span>
  );
}

/** How a band is drawn: the worse, the higher; too narrow for its word, it is filled. */
export function bandLook(tone: StateTone, narrow: boolean): string {
  return cn(LOOKS[tone].band, narrow && LOOKS[tone].narrow);
}
