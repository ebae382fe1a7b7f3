/**
 * The life of an alert: pending, firing, resolved. A condition that cannot be told (`hold`) begins nothing and ends
 * nothing, and what was waited for starts over after it. Whoever calls keeps the state; what comes after an end is another alert.
 */

/** What a rule saw. `hold` = it cannot say, because too little is known or judged. */
export type Condition = "breached" | "clear" | "hold";

export interface AlertState {
  phase: "pending" | "firing" | "resolved";
  pendingSinceMs: number;
  /** null while it is pending. */
  firingSinceMs: number | null;
  /** Since when a firing alert's condition was not seen; null while it is. */
  clearSinceMs: number | null;
  /** null until it is resolved. */
  resolvedAtMs: number | null;
}

export interface AlertPace {
  forMs: number;
  keepFiringMs: number;
}

/** @param known the alert that has not ended, null without one. Answers null where there is none now: a pending one that passed tells nobody. */
export function advanceAlert(
  known: AlertState | null,
  condition: Condition,
  { forMs, keepFiringMs }: AlertPace,
  nowMs: number,
): AlertState | null {
  if (known === null) {
    if (condition !== "breached") return null;
    return fired({ ...PENDING, pendingSinceMs: nowMs }, forMs, nowMs);
  }
  if (known.phase === "resolved") return known;
  if (condition === "hold") return startedOver(known);
  if (known.phase === "pending") return condition === "breached" ? fired(known, forMs, nowMs) : null;
  if (condition === "breached") return known.clearSinceMs === null ? known : { ...known, clearSinceMs: null };
  const clearSinceMs = known.clearSinceMs ?? nowMs;
  if (nowMs - clearSinceMs < keepFiringMs) return known.clearSinceMs === null ? { ...known, clearSinceMs } : known;
  return { ...known, phase: "resolved", clearSinceMs, resolvedAtMs: nowMs };
}

/** Nobody knows whether the condition held meanwhile. */
function startedOver(known: AlertState): AlertState | null {
  if (known.phase === "pending") return null;
  return known.clearSinceMs === null ? known : { ...known, clearSinceMs: null };
}

const PENDING: AlertState = {
  ...{ phase: "pending", pendingSinceMs: 0, firingSinceMs: null, clearSinceMs: null, resolvedAtMs: null },
};

function fired(pending: AlertState, forMs: number, nowMs: number): AlertState {
  if (nowMs - pending.pendingSinceMs < forMs) return pending;
  return { ...pending, phase: "firing", firingSinceMs: nowMs };
}
