import { ALERT_SEVERITIES, type AlertSeverity, minimumsThatTake, severityOfLabel } from "./alert-severity";
import type { Notification } from "./notification";

/** What a channel wants to hear. */
export interface Hearing {
  minimum: AlertSeverity;
  /** Alertmanager takes for over what it does not hear of, and so hears also of what fires on under a silence. */
  hearsSilenced: boolean;
}

/** What is left of a notification for who hears so much; null = nothing. Its status is that of what is left. */
export function notificationFor(notification: Notification, { minimum, hearsSilenced }: Hearing): Notification | null {
  const alerts = notification.alerts.filter(
    ({ labels, silenced }) =>
      (hearsSilenced || !silenced) && minimumsThatTake(severityOfLabel(labels.severity)).includes(minimum),
  );
  if (alerts.length === 0) return null;
  return { ...notification, status: alerts.some(({ status }) => status === "firing") ? "firing" : "resolved", alerts };
}

/** The different notifications that become of one, each with the minimum severities under which it is heard. */
export function notificationsByMinimum(
  notification: Notification,
  hearsSilenced: boolean,
): { minimums: AlertSeverity[]; notification: Notification }[] {
  const found = new Map<number, { minimums: AlertSeverity[]; notification: Notification }>();
  for (const minimum of ALERT_SEVERITIES) {
    const heard = notificationFor(notification, { minimum, hearsSilenced });
    if (heard === null) continue;
    // A lower minimum only adds alerts: as many are the same ones.
    const same = found.get(heard.alerts.length);
    if (same) same.minimums.push(minimum);
    else found.set(heard.alerts.length, { minimums: [minimum], notification: heard });
  }
  return [...found.values()];
}
