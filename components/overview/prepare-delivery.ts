import type { Overview } from "@/contracts/http";

export interface DeliveryRow {
  type: string;
  emitted: number;
  delivered: number;
  acked: number;
  ratio: number | null;
  tone: "idle" | "good" | "bad";
}

const CRITICAL = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"];

/** Types in the order of a run, others after them; all delivered is good, less is bad, nothing emitted is neither. */
export function prepareDelivery(delivery: Overview["delivery"]): DeliveryRow[] {
  const place = (type: string) => (CRITICAL.includes(type) ? CRITICAL.indexOf(type) : CRITICAL.length);
  return Object.entries(delivery)
    .map(([type, figures]) => ({ type, ...figures, tone: tone(figures.ratio) }))
    .sort((a, b) => place(a.type) - place(b.type) || (a.type < b.type ? -1 : 1));
}

function tone(ratio: number | null): DeliveryRow["tone"] {
  if (ratio === null) return "idle";
  return ratio >= 1 ? "good" : "bad";
}
