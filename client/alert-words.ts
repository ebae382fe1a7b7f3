/** What rules of alerts and their figures are called on the pages. */
import type { AlertRuleId, ThresholdUnit } from "@/domain/alerts/rules";
import { duration, figure, NO_DATA, percent } from "./format";

export const ALERTS_TABS = ["firing", "objectives", "history", "rules", "silences", "channels"] as const;
export type AlertsTab = (typeof ALERTS_TABS)[number];

const RULES: Record<AlertRuleId, { title: string; meaning: string }> = {
  open_incident: {
    title: "Open incident",
    meaning: "A critical or high incident waits for somebody. It fires at once, without a minimum.",
  },
  burn_rate_fast: {
    title: "Budget burns fast",
    meaning: "At this pace the last hour alone spends 2 % of a month's budget. What pages already does not page again.",
  },
  burn_rate_slow: {
    title: "Budget burns",
    meaning:
      "At this pace the last six hours alone spend 5 % of a month's budget. What pages already does not page again.",
  },
  burn_rate_ticket: {
    title: "Budget drains",
    meaning: "Over three days more is lost than a month's budget allows.",
  },
  delivery_under_target: {
    title: "Delivery under target",
    meaning: "A critical type of message reaches fewer users than its target in the last 30 minutes.",
  },
  router_conflicts: {
    title: "Router conflicts rise",
    meaning: "More messages than usual are taken by more than one router: the last 30 minutes against the day before.",
  },
  source_silent: { title: "Source silent", meaning: "A source that used to report reports nothing." },
  traffic_drop: {
    title: "Traffic drops",
    meaning: "Far fewer requests than at the same time a day and a week ago: the last 15 minutes.",
  },
  judge_lag: { title: "Judging lags", meaning: "What is reported waits to be judged: verdicts and shares are old." },
  watchdog: {
    title: "Watchdog",
    meaning: "Always fires. Whoever hears nothing of it any more is not reached by alerts.",
  },
};

export function alertRuleTitle(rule: AlertRuleId): string {
  return RULES[rule].title;
}
export function alertRuleMeaning(rule: AlertRuleId): string {
  return RULES[rule].meaning;
}

/** "14.4 ×", "50 %", "15 min 00 s" */
export function measure(value: number | null, unit: ThresholdUnit | null): string {
  if (value === null) return NO_DATA;
  switch (unit) {
    case "times":
      return `${figure(Math.floor(value * 100) / 100)} ×`;
    case "share":
      return percent(value);
    case "ms":
      return duration(value);
    case null:
      return figure(value);
  }
}

/** Labels that every alert has, and that stand elsewhere in its row. */
const KNOWN_LABELS = ["alertname", "environment", "rule", "severity"];

/** What an alert is about: its other labels. */
export function ownLabels(labels: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(labels).filter(([name]) => !KNOWN_LABELS.includes(name));
}
