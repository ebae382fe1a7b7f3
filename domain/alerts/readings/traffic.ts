/** Whether far fewer requests come in than at the same time of earlier days. */
import type { Reading } from "../reading";
import { RULES, type RuleSettings } from "../rules";
import { pagePath } from "./page-path";
import { shareText } from "./share-text";

export interface TrafficInput {
  requests: number;
  /** At the same time of earlier days; 0 = nothing is known of it. */
  earlier: readonly number[];
}

/** Of the earlier days the quietest counts: a Sunday is not like a Saturday, nor a Monday like a Sunday. */
export function readTraffic(
  { requests, earlier }: TrafficInput,
  { environment, settings, unjudged }: { environment: string; settings: RuleSettings; unjudged: boolean },
): Reading {
  const { threshold, minSample } = settings;
  const known = earlier.filter((count) => count > 0);
  const usual = known.length === 0 ? 0 : Math.min(...known);
  const gap = unjudged ? "unjudged" : usual === 0 ? "no_data" : usual < (minSample ?? 0) ? "too_few" : null;
  const share = usual === 0 ? 0 : requests / usual;
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
