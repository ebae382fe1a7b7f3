import { Ban, CircleCheck, CircleX, Clock, Hourglass, type LucideIcon, PowerOff } from "lucide-react";
import type { DeliveryState as State } from "@/domain/alerts/delivery";
import { cn } from "../../ui/cn";

const LOOKS: Record<State, { icon: LucideIcon; text: string; word: string }> = {
  waiting: { icon: Hourglass, text: "text-warn", word: "waiting" },
  sent: { icon: CircleCheck, text: "text-good", word: "delivered" },
  failed: { icon: CircleX, text: "text-bad", word: "refused" },
  expired: { icon: Ban, text: "text-bad", word: "given up" },
  cancelled: { icon: PowerOff, text: "text-muted", word: "cancelled" },
};

/** States as a filter offers them. */
export const STATE_CHOICES = [
  { value: "", label: "any" },
  ...Object.entries(LOOKS).map(([value, { word }]) => ({ value, label: word })),
];

/** Where a delivery stands, as icon and word. */
export function DeliveryState({ state, attempts }: { state: State; attempts: number }) {
  const look = LOOKS[state];
  const fresh = state === "waiting" && attempts === 0;
  const Icon = fresh ? Clock : look.icon;
  return (
    <span
      className={cn("inline-flex items-center gap-1.5 whitespace-nowrap font-medium", fresh ? "text-muted" : look.text)}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {state === "waiting" && !fresh ? "trying again" : look.word}
    </span>
  );
}
