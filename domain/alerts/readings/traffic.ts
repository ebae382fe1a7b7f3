/** Whether far fewer requests come in than at the same time of earlier days. */
import type { Reading } from "../reading";
import { RULES, type RuleSettings } from "../rules";
import { pagePath } from "./page-path";
import { shareText } from "./share-text";

export interface TrafficInput {
  requests: number;
  /** At the same time of earlier days; null where it was not counted yet. */
  earlier: readonly (number | null)[];
}

/**
 * Of the earlier days the quietest counts, be it without any request: a Sunday is not like a Saturday, nor a Monday like
 * a Sunday. Nothing is said before all of them were counted.
 */
export function readTraffic(
  { requests, earlier }: TrafficInput,
  { environment, settings, unjudged }: { environment: string; settings: RuleSettings; unjudged: boolean },
): Reading {
  const { threshold, minSample } = settings;
  const known = earlier.filter((count) => count !== null);
  const usual = Math.min(...known);
  const few = usual === 0 || usual < (minSample ?? 0);
  const gap = unjudged ? "unjudged" : known.length < earlier.length ? "no_data" : few ? "too_few" : null;
  const share = gap === null ? requests / usual : 0;
  const dropped = gap === null && share < (threshold ?? 0);
  return {
    labels: {},
    severity: RULES.traffic_drop.severity ?? "high",
    condition: gap === "unjudged" ? "hold" : dropped ? "breached" : "clear",
    ...{ value: gap === null ? share : null, threshold, gap, quiet: false },
    summary: `${requests} requests in 15 minutes, ${shareText(share)} of the ${usual} at this time of an earlier day`,
    path: pagePath("/", environment),
  };
}
