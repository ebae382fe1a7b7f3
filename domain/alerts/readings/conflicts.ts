/** Whether more messages than usual are taken by more than one router. */
import type { Reading } from "../reading";
import { RULES, type RuleSettings } from "../rules";
import { pagePath } from "./page-path";

/** The day before the last half hour, in half hours. */
export const CONFLICT_PERIODS = 48;
export const CONFLICTS_MS = 30 * 60_000;

export interface ConflictInput {
  /** Journeys with a conflict in the last half hour. */
  recent: number;
  /** In the day before. */
  earlier: number;
}

export function readConflicts(
  { recent, earlier }: ConflictInput,
  { environment, settings, unjudged }: { environment: string; settings: RuleSettings; unjudged: boolean },
): Reading {
  const { threshold, minSample } = settings;
  const usual = earlier / CONFLICT_PERIODS;
  const times = Math.round((recent / Math.max(1, usual)) * 100) / 100;
  const rising = recent >= (minSample ?? 0) && times > (threshold ?? 0);
  return {
    labels: {},
    severity: RULES.router_conflicts.severity ?? "warning",
    condition: unjudged ? "hold" : rising ? "breached" : "clear",
    ...{ value: unjudged ? null : times, threshold, gap: unjudged ? "unjudged" : null, quiet: false },
    summary: `${recent} journeys with a router conflict in 30 minutes; ${usual.toFixed(1)} are usual`,
    path: pagePath("/journeys", environment, { finding: "router_conflict" }),
  };
}
