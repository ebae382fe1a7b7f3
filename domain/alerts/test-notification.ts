import type { Notification } from "./notification";

/** What "send a test" tells: one alert that fires, and says that it is none. */
export function buildTestNotification(environment: string, sentBy: string, id: string, nowMs: number): Notification {
  const labels = { alertname: "SignalboxTest", severity: "info", environment };
  return {
    environment,
    groupKey: `test/${id}`,
    groupLabels: { alertname: labels.alertname, environment },
    status: "firing",
    alerts: [
      {
        ...{ status: "firing", labels, startsAt: new Date(nowMs), endsAt: null, path: "/alerts?tab=channels" },
        annotations: { summary: `A test that ${sentBy} sent from Signalbox. Nothing is wrong.` },
        silenced: false,
        isNews: true,
        fingerprint: id.replaceAll("-", "").slice(0, 16),
      },
    ],
  };
}
