import { type AlertRow, alertRow } from "@/contracts/alerts";
import type { StoredAlert } from "@/server/storage/alerts/alerts";
import { iso } from "../iso";

export function alertView({ id, environment, rule, record }: StoredAlert): AlertRow {
  const { state, severity, labels, summary, path, value, threshold, silenceId, quiet, heardAtMs } = record;
  return {
    ...{ id, environment, severity, summary, path, value, threshold },
    rule: alertRow.shape.rule.parse(rule),
    phase: state.phase,
    labels: { ...labels },
    pendingSince: iso(state.pendingSinceMs),
    firingSince: isoOf(state.firingSinceMs),
    clearSince: isoOf(state.clearSinceMs),
    resolvedAt: isoOf(state.resolvedAtMs),
    silencedBy: silenceId,
    takenOn: quiet,
    toldAt: isoOf(heardAtMs),
  };
}

export function isoOf(ms: number | null): string | null {
  return ms === null ? null : iso(ms);
}
