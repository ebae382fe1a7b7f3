import { CircleCheck, CircleDashed, CircleX, EyeOff, type LucideIcon, Minus } from "lucide-react";
import type { StepView } from "@/contracts/http";

const LOOKS: Record<StepView["state"], { icon: LucideIcon; tone: string }> = {
  done: { icon: CircleCheck, tone: "text-good" },
  failed: { icon: CircleX, tone: "text-bad" },
  missing: { icon: CircleX, tone: "text-bad" },
  pending: { icon: CircleDashed, tone: "text-muted" },
  not_needed: { icon: Minus, tone: "text-faint" },
  not_observed: { icon: EyeOff, tone: "text-faint" },
};

export function stepLook(state: StepView["state"]): { icon: LucideIcon; tone: string } {
  return LOOKS[state];
}
