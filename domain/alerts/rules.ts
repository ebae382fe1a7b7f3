/** The rules that alerts come from, and what counts of each where nobody set anything else. */

export const ALERT_RULES = [
  "open_incident",
  "burn_rate_fast",
  "burn_rate_slow",
  "burn_rate_ticket",
  "delivery_under_target",
  "router_conflicts",
  "source_silent",
  "traffic_drop",
  "judge_lag",
  "watchdog",
] as const;
export type AlertRuleId = (typeof ALERT_RULES)[number];

/** The label `severity` of an alert. `none` wakes nobody. */
export const RULE_SEVERITIES = ["critical", "high", "page", "warning", "ticket", "none"] as const;
export type RuleSeverity = (typeof RULE_SEVERITIES)[number];

/** What may be set of a rule, per environment. */
export interface RuleSettings {
  enabled: boolean;
  /** In the unit of the rule; null where the rule has none, or finds it elsewhere. */
  threshold: number | null;
  /** How long the condition must hold before the alert fires. */
  forMs: number;
  /** How long an alert goes on firing after its condition was seen no more. */
  keepFiringMs: number;
  /** What must have been counted before a share says anything; null where nothing is counted. */
  minSample: number | null;
}

/** `times` = so many times something else, `share` = 0 to 1. */
export type ThresholdUnit = "times" | "share" | "ms";

export interface RuleDefinition {
  /** The label `alertname`. */
  alertName: string;
  /** Of every alert of the rule; null = each alert has its own. */
  severity: RuleSeverity | null;
  unit: ThresholdUnit | null;
  /** Bounds of the threshold, both included. */
  bounds: readonly [number, number] | null;
  defaults: RuleSettings;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

const at = (threshold: number | null, forMs: number, keepFiringMs: number, minSample: number | null): RuleSettings => ({
  ...{ enabled: true, threshold, forMs, keepFiringMs, minSample },
});
const FACTORS = [0.1, 1_000] as const;

/** Factors of the burn rates: Google's SRE workbook, "Alerting on SLOs". */
export const RULES: Readonly<Record<AlertRuleId, RuleDefinition>> = {
  open_incident: rule("OpenIncident", null, null, null, at(null, 0, 0, null)),
  burn_rate_fast: rule("BurnRateFast", "page", "times", FACTORS, at(14.4, 0, 5 * MINUTE_MS, 50)),
  burn_rate_slow: rule("BurnRateSlow", "page", "times", FACTORS, at(6, 0, 15 * MINUTE_MS, 50)),
  burn_rate_ticket: rule("BurnRateTicket", "ticket", "times", FACTORS, at(1, 0, HOUR_MS, 200)),
  delivery_under_target: rule(
    ...(["DeliveryUnderTarget", "high", null, null] as const),
    at(null, 2 * MINUTE_MS, 5 * MINUTE_MS, 50),
  ),
  router_conflicts: rule(
    ...(["RouterConflictsRising", "warning", "times", [1, 1_000]] as const),
    at(2, 2 * MINUTE_MS, 10 * MINUTE_MS, 10),
  ),
  source_silent: rule(
    ...(["SourceSilent", "warning", "ms", [30 * SECOND_MS, 7 * 24 * HOUR_MS]] as const),
    at(15 * MINUTE_MS, 0, 0, null),
  ),
  traffic_drop: rule(...(["TrafficDrop", "high", "share", [0, 1]] as const), at(0.5, 5 * MINUTE_MS, 5 * MINUTE_MS, 50)),
  judge_lag: rule(
    ...(["JudgeLag", "high", "ms", [SECOND_MS, 24 * HOUR_MS]] as const),
    at(30 * SECOND_MS, MINUTE_MS, MINUTE_MS, null),
  ),
  watchdog: rule("Watchdog", "none", null, null, at(null, 0, 0, null)),
};

function rule(
  alertName: string,
  severity: RuleSeverity | null,
  unit: ThresholdUnit | null,
  bounds: readonly [number, number] | null,
  defaults: RuleSettings,
): RuleDefinition {
  return { alertName, severity, unit, bounds, defaults };
}

/** The longest that a condition may be waited for, or an alert kept. */
export const MAX_RULE_DURATION_MS = 24 * HOUR_MS;
export const MAX_MIN_SAMPLE = 1_000_000;

/** What was set of a rule; null = nothing, the default counts. */
export type RuleChange = { [Name in keyof Omit<RuleSettings, "enabled">]: RuleSettings[Name] | null } & {
  enabled: boolean;
};

/** What counts of a rule: what was set, and the defaults of everything else. */
export function settingsOf(rule: AlertRuleId, change: RuleChange | null): RuleSettings {
  const { defaults } = RULES[rule];
  if (change === null) return defaults;
  return {
    enabled: change.enabled,
    threshold: change.threshold ?? defaults.threshold,
    forMs: change.forMs ?? defaults.forMs,
    keepFiringMs: change.keepFiringMs ?? defaults.keepFiringMs,
    minSample: change.minSample ?? defaults.minSample,
  };
}

/** Why a change cannot be saved, by the field; null = it can. */
export function refuseChange(rule: AlertRuleId, change: RuleChange): { field: string; message: string } | null {
  const { bounds, defaults } = RULES[rule];
  const { threshold, minSample } = change;
  if (threshold !== null) {
    if (bounds === null) return { field: "threshold", message: "this rule has none" };
    const [least, most] = bounds;
    if (threshold < least || threshold > most) {
      return { field: "threshold", message: `must lie between ${least} and ${most}` };
    }
  }
  if (minSample !== null && defaults.minSample === null) {
    return { field: "minSample", message: "this rule counts nothing" };
  }
  return null;
}
