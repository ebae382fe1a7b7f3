import { CircleCheck, CircleDashed, CirclePause, CircleX, type LucideIcon } from "lucide-react";
import type { SourceList } from "@/contracts/http";
import { cn } from "../ui/cn";

type State = SourceList["items"][number]["state"];

const LOOKS: Record<State, { icon: LucideIcon; tone: string }> = {
  connected: { icon: CircleCheck, tone: "text-good" },
  connecting: { icon: CircleDashed, tone: "text-warn" },
  disconnected: { icon: CircleX, tone: "text-bad" },
  refused: { icon: CircleX, tone: "text-bad" },
  stopped: { icon: CirclePause, tone: "text-muted" },
};

/** Whether a source is heard, as icon and word. */
export function SourceState({ state }: { state: State }) {
  const { icon: Icon, tone } = LOOKS[state];
  return (
    <span role="status" className={cn("inline-flex items-center gap-1.5", tone)}>
      <Icon aria-hidden className="size-4" />
      {state}
    </span>
  );
}
