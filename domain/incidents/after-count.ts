/**
 * What telemetry does to an incident. An occurrence is new if this incident never held it: more evidence of a known one,
 * or one that was disproved and is proved again, is not. A new one brings a resolved incident back whenever it happened:
 * whoever resolved could not know of it.
 */
import type { HistoryEntry, IncidentState } from "./incident-state";

export interface NewOccurrence {
  version: string | null;
  occurredAtMs: number;
}

/** @param standing occurrences that are not disproved; @param newest the latest of those that are new; null = none is */
export function afterCount(
  state: IncidentState,
  { standing, newest, nowMs }: { standing: number; newest: NewOccurrence | null; nowMs: number },
): { state: IncidentState; entry: HistoryEntry } | null {
  const { status } = state;
  if (standing === 0) {
    if (status === "withdrawn") return null;
    return {
      state: { ...state, status: "withdrawn", withdrawnFrom: status },
      entry: { action: "withdrawn", from: status },
    };
  }
  const before = status === "withdrawn" ? (state.withdrawnFrom ?? "open") : status;
  if (newest && (before === "resolved" || (status === "withdrawn" && before === "regressed"))) {
    const { version } = newest;
    return {
      state: {
        ...{ ...state, status: "regressed", withdrawnFrom: null },
        ...{ regressedVersion: version, regressedAtMs: nowMs, acknowledgedBy: null, acknowledgedAtMs: null },
      },
      entry: { action: "regressed", from: status, ...newest },
    };
  }
  if (status !== "withdrawn") return null;
  // An acknowledgement was of what did not stand.
  const forgotten = newest ? { status: "open" as const, acknowledgedBy: null, acknowledgedAtMs: null } : {};
  return {
    state: { ...state, status: before, withdrawnFrom: null, ...forgotten },
    entry: { action: "proved_again", from: status },
  };
}
