/** A verdict that was final and then changed because evidence arrived late. */
import type { JourneyDetail } from "@/contracts/http";

export interface Correction {
  from: string;
  to: string;
  at: string;
}

/** The correction between two states of one journey; a running journey that ends is none. */
export function correctionBetween(previous: JourneyDetail | undefined, next: JourneyDetail): Correction | null {
  if (!previous || previous.status === next.status || previous.status === "running") return null;
  return { from: previous.status, to: next.status, at: next.judgedAt };
}
