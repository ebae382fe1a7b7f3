/** Whether more of the journeys than usual have a message that more than one router takes. */
import type { Reading } from "../reading";
import { RULES, type RuleSettings } from "../rules";
import { pagePath } from "./page-path";
import { shareText } from "./share-text";

/** The day that the newest window is compared with. */
const CONFLICT_DAY_MS = 86_400_000;

export interface ConflictCounts {
  /** Journeys with a conflict. */
  conflicts: number;
  /** Over this long: of very many conflicts only the newest are counted. */
  spanMs: number;
}

export interface ConflictInput {
  /** In the last half hour, with all journeys that began in it. */
  recent: { conflicts: number; journeys: number };
  /** In the day before; null where not all of it was counted. */
  earlier: (ConflictCounts & { journeys: number }) | null;
}

/** Shares are compared: more journeys have more conflicts, and every morning has more journeys than its night. */
export function readConflicts(
  { recent, earlier }: ConflictInput,
  { environment, settings, unjudged }: { environment: string; settings: RuleSettings; unjudged: boolean },
): Reading {
  const { threshold, minSample } = settings;
  const gap = unjudged ? "unjudged" : earlier === null || earlier.journeys === 0 ? "no_data" : null;
  const journeys = Math.max(recent.journeys, recent.conflicts);
  const share = journeys === 0 ? 0 : recent.conflicts / journeys;
  const usual = earlier === null || gap !== null ? 1 : usualShare(earlier);
  const times = Math.round((share / usual) * 100) / 100;
  const rising = gap === null && recent.conflicts >= (minSample ?? 0) && times > (threshold ?? 0);
  return {
    labels: {},
    severity: RULES.router_conflicts.severity ?? "warning",
    condition: gap === "unjudged" ? "hold" : rising ? "breached" : "clear",
    ...{ value: gap === null ? times : null, threshold, gap, quiet: false },
    summary: `${recent.conflicts} of ${journeys} journeys in 30 minutes had a router conflict; ${shareText(usual)} is usual`,
    path: pagePath("/journeys", environment, { finding: "router_conflict" }),
  };
}

/** A day without any conflict counts as one with a single one, so that there is something to compare with. */
function usualShare({ conflicts, spanMs, journeys }: ConflictCounts & { journeys: number }): number {
  const inWholeDay = Math.max(1, conflicts) * (CONFLICT_DAY_MS / Math.max(1, spanMs));
  return Math.min(1, inWholeDay / journeys);
}
