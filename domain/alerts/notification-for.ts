import { ALERT_SEVERITIES, type AlertSeverity, minimumsThatTake, severityOfLabel } from "./alert-severity";
import type { Notification } from "./notification";

/** Which ends of alerts a channel wants to hear of, and what it makes of what it does not hear. */
export interface Ears {
  /** Alertmanager takes for over what it does not hear of: it hears also of what goes on, be it under a silence. */
  takesForOver: boolean;
  hearsEnds: boolean;
}

/** What a channel wants to hear. */
export interface Hearing extends Ears {
  minimum: AlertSeverity;
}

/** What is left of a notification for who hears so much; null = nothing, or no news. Its status is that of what is left. */
export function notificationFor(
  notification: Notification,
  { minimum, takesForOver, hearsEnds }: Hearing,
): Notification | null {
  const alerts = notification.alerts.filter(
    ({ status, labels, silenced }) =>
      (takesForOver || !silenced) &&
      (hearsEnds || status === "firing") &&
      minimumsThatTake(severityOfLabel(labels.severity)).includes(minimum),
  );
  if (takesForOver ? alerts.length === 0 : !alerts.some(({ isNews }) => isNews)) return null;
  return { ...notification, status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved", alerts };
}

/** The different notifications that become of one, each with the minimum severities under which it is heard. */
export function notificationsByMinimum(
  notification: Notification,
  ears: Ears,
): { minimums: AlertSeverity[]; notification: Notification }[] {
  const found = new Map<number, { minimums: AlertSeverity[]; notification: Notification }>();
  for (const minimum of ALERT_SEVERITIES) {
    const heard = notificationFor(notification, { minimum, ...ears });
    if (heard === null) continue;
    // A lower minimum only adds alerts: as many are the same ones.
    const same = found.get(heard.alerts.length);
    if (same) same.minimums.push(minimum);
    else found.set(heard.alerts.length, { minimums: [minimum], notification: heard });
  }
  return [...found.values()];
}
