/** Builders with defaults, for tests. */
import type { Notification, NotifiedAlert } from "../notification";

const STARTED = new Date("2026-11-21T10:00:00.000Z");

export function buildAlert(given: Partial<NotifiedAlert> = {}): NotifiedAlert {
  return {
    status: "firing",
    labels: { alertname: "LeakFound", severity: "critical", environment: "prod", router: "QualityMessageRouter" },
    annotations: { summary: "A message reached a user that it was not meant for." },
    startsAt: STARTED,
    endsAt: given.status === "resolved" ? new Date(STARTED.getTime() + 60_000) : null,
    fingerprint: "a1b2c3d4e5f60718",
    silenced: false,
    isNews: true,
    path: "/incidents/i1?environment=prod",
    ...given,
  };
}

export function buildNotification(given: Partial<Notification> = {}): Notification {
  return {
    environment: "prod",
    groupKey: "prod/LeakFound/QualityMessageRouter",
    groupLabels: { alertname: "LeakFound", router: "QualityMessageRouter" },
    status: "firing",
    alerts: [buildAlert(given.status === "resolved" ? { status: "resolved" } : {})],
    ...given,
  };
}
