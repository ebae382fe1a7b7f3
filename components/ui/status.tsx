import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  LogOut,
  type LucideIcon,
  TriangleAlert,
  Waypoints,
} from "lucide-react";
import { cn } from "./cn";

interface Look {
  icon: LucideIcon;
  word: string;
  text: string;
  soft: string;
}

const UNKNOWN: Look = { icon: CircleDashed, word: "unknown", text: "text-muted", soft: "bg-raised" };
const STATUS: Record<string, Look> = {
  running: { icon: Waypoints, word: "running", text: "text-accent", soft: "bg-accent-soft" },
  succeeded: { icon: CircleCheck, word: "succeeded", text: "text-good", soft: "bg-good-soft" },
  degraded: { icon: TriangleAlert, word: "degraded", text: "text-warn", soft: "bg-warn-soft" },
  failed: { icon: CircleX, word: "failed", text: "text-bad", soft: "bg-bad-soft" },
  abandoned: { icon: LogOut, word: "abandoned", text: "text-muted", soft: "bg-raised" },
  cancelled: { icon: Ban, word: "cancelled", text: "text-muted", soft: "bg-raised" },
  unobserved: { icon: CircleDashed, word: "unobserved", text: "text-muted", soft: "bg-raised" },
};

/** A journey's status as icon and word; colour is never the only sign. */
export function Status({ status, filled = false }: { status: string; filled?: boolean }) {
  const look = STATUS[status] ?? { ...UNKNOWN, word: status };
  const Icon = look.icon;
  return (
    <span
      className={cn(
        "inline-flex items-center gap-1.5 whitespace-nowrap font-medium",
        look.text,
        filled && `rounded-full px-2.5 py-0.5 text-[13px] ${look.soft}`,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {look.word}
    </span>
  );
}

/** The same as an icon alone, where the word stands in a label beside it. */
export function StatusIcon({ status, className }: { status: string; className?: string }) {
  const look = STATUS[status] ?? UNKNOWN;
  const Icon = look.icon;
  return <Icon aria-hidden className={cn("size-4 shrink-0", look.text, className)} />;
}
