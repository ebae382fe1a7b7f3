/** How fast the budget of one objective burns. */
import { assertNever } from "../../assert-never";
import { BURN_WINDOWS, type BurnRule, burnRate, shortSample } from "../../slo/burn-rate";
import { type Counts, isDelivery, type Objective } from "../../slo/objectives";
import type { Condition } from "../advance-alert";
import type { Gap, Reading } from "../reading";
import { RULES, type RuleSettings } from "../rules";
import { pagePath } from "./page-path";

export interface BurnInput {
  objective: Objective;
  target: number;
  long: Counts;
  short: Counts;
}

export interface BurnContext {
  rule: BurnRule;
  environment: string;
  settings: RuleSettings;
  /** Judging is so far behind that the newest figures would lie. */
  unjudged: boolean;
}

/**
 * Fires when both windows burn. Too little in the short window alone neither begins nor ends an alert: when everybody
 * has left, nothing got better.
 */
export function readBurnRate(input: BurnInput, context: BurnContext): Reading {
  const { objective, target, long, short } = input;
  const { rule, environment, settings, unjudged } = context;
  const { threshold, minSample } = settings;
  const longRate = burnRate(long, target);
  const gap = gapOf(long, minSample ?? 0, unjudged);
  return {
    labels: { objective, window: windowsOf(rule) },
    severity: RULES[rule].severity ?? "page",
    condition: conditionOf(gap, longRate, burnRate(short, target), short.total, threshold ?? 0, minSample ?? 0),
    value: gap === null ? longRate : null,
    ...{ threshold, gap, quiet: false },
    summary: `The error budget of ${nameOf(objective)} burns ${times(longRate)} as fast as it may: ${missedOf(long)} in ${hours(rule)}`,
    path: pagePath("/alerts", environment, { tab: "objectives" }),
  };
}

function conditionOf(
  gap: Gap | null,
  longRate: number | null,
  shortRate: number | null,
  shortTotal: number,
  threshold: number,
  minSample: number,
): Condition {
  switch (gap) {
    case "unjudged":
      return "hold";
    case "no_data":
    case "too_few":
      return "clear";
    case null: {
      if (longRate === null || longRate < threshold) return "clear";
      if (shortTotal < shortSample(minSample)) return "hold";
      return shortRate !== null && shortRate >= threshold ? "breached" : "clear";
    }
    default:
      return assertNever(gap);
  }
}

/** Why a share says nothing; null = it does. */
export function gapOf({ total }: Counts, minSample: number, unjudged: boolean): Gap | null {
  if (unjudged) return "unjudged";
  if (total === 0) return "no_data";
  return total < minSample ? "too_few" : null;
}

const HOUR_MS = 3_600_000;

function hours(rule: BurnRule): string {
  const longMs = BURN_WINDOWS.find((windows) => windows.rule === rule)?.longMs ?? 0;
  if (longMs === HOUR_MS) return "the last hour";
  return longMs > 24 * HOUR_MS ? `${longMs / 24 / HOUR_MS} days` : `${longMs / HOUR_MS} hours`;
}

function windowsOf(rule: BurnRule): string {
  const found = BURN_WINDOWS.find((windows) => windows.rule === rule);
  return found ? `${shortLength(found.longMs)}/${shortLength(found.shortMs)}` : "";
}

/** "5m", "6h", "3d" */
function shortLength(ms: number): string {
  if (ms < HOUR_MS) return `${ms / 60_000}m`;
  return ms > 24 * HOUR_MS ? `${ms / 24 / HOUR_MS}d` : `${ms / HOUR_MS}h`;
}

function times(rate: number | null): string {
  return `${(rate ?? 0).toFixed(1)} times`;
}

/** "2 of 300 missed it" */
export function missedOf({ good, total }: Counts): string {
  return `${total - good} of ${total} missed it`;
}

/** "golden path", "delivery of agent_started" */
export function nameOf(objective: Objective): string {
  return isDelivery(objective) ? objective.replace("/", " of ") : objective.replaceAll("_", " ");
}
