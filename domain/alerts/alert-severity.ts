import type { Notification } from "./notification";

/** Gravest first. */
export const ALERT_SEVERITIES = ["critical", "high", "warning", "info"] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** Other words in use for the same: those of burn rates, of findings, and of the Watchdog. */
const SAME_AS: Record<string, AlertSeverity> = { page: "critical", error: "high", ticket: "warning", none: "info" };

/** The severity that a label names; null for a word that is none. */
export function severityOfLabel(label: string | undefined): AlertSeverity | null {
  if (label === undefined) return null;
  return ALERT_SEVERITIES.find((known) => known === label) ?? SAME_AS[label] ?? null;
}

/** The gravest severity among the alerts; null where one has none that is known, so that nobody may leave it out. */
export function gravestSeverity({ alerts }: Pick<Notification, "alerts">): AlertSeverity | null {
  const found = alerts.map(({ labels }) => severityOfLabel(labels.severity));
  return found.includes(null) ? null : (ALERT_SEVERITIES.find((severity) => found.includes(severity)) ?? null);
}

/** The minimum severities under which `severity` is told; all of them for one that is unknown. */
export function minimumsThatTake(severity: AlertSeverity | null): readonly AlertSeverity[] {
  return severity === null ? ALERT_SEVERITIES : ALERT_SEVERITIES.slice(ALERT_SEVERITIES.indexOf(severity));
}
