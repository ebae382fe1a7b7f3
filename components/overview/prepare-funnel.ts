import { STEPS } from "@/domain/journeys/types";

export interface FunnelRow {
  step: string;
  count: number;
  /** Of the widest step; null = nothing was counted. */
  share: number | null;
}

/** Steps in the order of a journey; no row at all when nothing was counted. */
export function prepareFunnel(funnel: { step: string; count: number }[]): FunnelRow[] {
  const widest = Math.max(0, ...funnel.map((entry) => entry.count));
  if (widest === 0) return [];
  const order: readonly string[] = STEPS;
  return funnel
    .map((entry) => ({ ...entry, share: entry.count / widest }))
    .sort((a, b) => order.indexOf(a.step) - order.indexOf(b.step));
}
