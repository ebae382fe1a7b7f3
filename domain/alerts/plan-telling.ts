/**
 * What is told of one group of alerts (those of one rule in one environment), and when. What begins and what ends is
 * told at once; what goes on firing is told again every four hours. A silenced alert is not told, but an end is told to
 * whoever heard of its beginning.
 */

export interface TellableAlert {
  phase: "pending" | "firing" | "resolved";
  silenced: boolean;
  /** Somebody has taken it on: it is not told again while it goes on. */
  quiet: boolean;
  /** What was told of it last. */
  told: "nothing" | "firing" | "resolved";
  toldAtMs: number | null;
}

export const REPEAT_MS = 4 * 3_600_000;

/** Alerts to tell now as one message; null = nothing. `status` is firing as long as one of them is. */
export function planTelling<T extends TellableAlert>(
  group: readonly T[],
  nowMs: number,
): { status: "firing" | "resolved"; alerts: T[] } | null {
  const firing = group.filter(({ phase, silenced }) => phase === "firing" && !silenced);
  const ended = group.filter(({ phase, told }) => phase === "resolved" && told === "firing");
  const begun = firing.some(({ told }) => told === "nothing");
  if (!begun && ended.length === 0 && !isDueAgain(firing, nowMs)) return null;
  return { status: firing.length > 0 ? "firing" : "resolved", alerts: [...firing, ...ended] };
}

function isDueAgain(firing: readonly TellableAlert[], nowMs: number): boolean {
  const loud = firing.filter(({ quiet }) => !quiet);
  const lastMs = Math.max(...firing.map(({ toldAtMs }) => toldAtMs ?? nowMs));
  return loud.length > 0 && nowMs - lastMs >= REPEAT_MS;
}
