/** The body of Alertmanager's webhook, version 4: what reads Alertmanager's own reads this. */
import { commonFields } from "./common-fields";
import type { Notification } from "./notification";
import { pageUrl } from "./page-url";

/** How Go writes the time that is none. */
const NO_TIME = "0001-01-01T00:00:00Z";
const MAX_ALERTS = 100;

export interface WebhookAlert {
  status: "firing" | "resolved";
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  generatorURL: string;
  fingerprint: string;
}

export interface WebhookBody {
  receiver: string;
  status: "firing" | "resolved";
  alerts: WebhookAlert[];
  groupLabels: Record<string, string>;
  commonLabels: Record<string, string>;
  commonAnnotations: Record<string, string>;
  externalURL: string;
  version: "4";
  groupKey: string;
  /** How many alerts of the group are left out of `alerts`. */
  truncatedAlerts: number;
}

/** @param baseUrl where Signalbox is, without a slash at its end */
export function webhookBody(notification: Notification, receiver: string, baseUrl: string): WebhookBody {
  const { status, alerts, groupLabels, groupKey } = notification;
  const shown = alerts.slice(0, MAX_ALERTS);
  return {
    receiver,
    status,
    alerts: shown.map(({ status, labels, annotations, startsAt, endsAt, path, fingerprint }) => ({
      ...{ status, labels, annotations, fingerprint },
      startsAt: startsAt.toISOString(),
      endsAt: endsAt?.toISOString() ?? NO_TIME,
      generatorURL: pageUrl(baseUrl, path),
    })),
    groupLabels,
    commonLabels: commonFields(alerts.map(({ labels }) => labels)),
    commonAnnotations: commonFields(alerts.map(({ annotations }) => annotations)),
    externalURL: baseUrl,
    version: "4",
    groupKey,
    truncatedAlerts: alerts.length - shown.length,
  };
}
