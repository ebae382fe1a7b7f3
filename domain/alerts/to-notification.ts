import type { AlertRecord, Watch } from "./alert-record";
import type { Notification, NotifiedAlert } from "./notification";
import { RULES } from "./rules";

/** An alert with the hash of its labels. */
export interface IdentifiedAlert {
  fingerprint: string;
  record: AlertRecord;
}

/**
 * What is told of a group: all alerts of one rule in one environment.
 * @param news how many of them, the first, are news
 */
export function toNotification(
  { environment, rule }: Pick<Watch, "environment" | "rule">,
  status: Notification["status"],
  alerts: readonly IdentifiedAlert[],
  news = alerts.length,
): Notification {
  return {
    environment,
    groupKey: JSON.stringify([environment, rule]),
    groupLabels: { alertname: RULES[rule].alertName, environment, rule },
    status,
    alerts: alerts.map((alert, index) => notified(alert, index < news)),
  };
}

/** An alert that fires or has just ended, as it is told. */
function notified({ fingerprint, record }: IdentifiedAlert, isNews: boolean): NotifiedAlert {
  const { state, labels, summary, path, silenceId } = record;
  return {
    status: state.phase === "resolved" ? "resolved" : "firing",
    labels: { ...labels },
    annotations: { summary },
    startsAt: new Date(state.firingSinceMs ?? state.pendingSinceMs),
    endsAt: state.resolvedAtMs === null ? null : new Date(state.resolvedAtMs),
    fingerprint,
    silenced: state.phase === "firing" && silenceId !== null,
    isNews,
    path,
  };
}
