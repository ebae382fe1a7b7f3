/** The request by which a channel is told. */
import type { ChannelAuth, ChannelKind } from "@/contracts/channels";
import { alertmanagerBody } from "@/domain/alerts/alertmanager-body";
import type { Notification } from "@/domain/alerts/notification";
import { slackMessage } from "@/domain/alerts/slack-message";
import { webhookBody } from "@/domain/alerts/webhook-body";
import { assertNever } from "@/domain/assert-never";
import { VERSION } from "@/server/version";
import type { Post } from "./post-json";
import type { Target } from "./sealed-target";

const ALERTS_PATH = "/api/v2/alerts";

export interface Told {
  kind: ChannelKind;
  /** The channel's name, which a webhook reads as the receiver. */
  name: string;
  target: Target;
  notification: Notification;
  /** The same for every attempt of one delivery. */
  deliveryId: string;
}

/** @param baseUrl where Signalbox is, without a slash at its end */
export function composePost(
  { kind, name, target, notification, deliveryId }: Told,
  baseUrl: string,
  nowMs: number,
): Post {
  const { url, auth, header } = target;
  return {
    url: kind === "alertmanager" ? alertsUrl(url) : url,
    headers: {
      "user-agent": `Signalbox/${VERSION}`,
      "idempotency-key": deliveryId,
      ...(auth ? { authorization: authorization(auth) } : {}),
      ...(header ? { [header.name.toLowerCase()]: header.value } : {}),
    },
    body: JSON.stringify(bodyOf(kind, name, notification, baseUrl, nowMs)),
    readsSlackErrors: kind === "slack",
  };
}

function bodyOf(kind: ChannelKind, name: string, notification: Notification, baseUrl: string, nowMs: number) {
  switch (kind) {
    case "webhook":
      return webhookBody(notification, name, baseUrl);
    case "alertmanager":
      return alertmanagerBody(notification, baseUrl, nowMs);
    case "slack":
      return slackMessage(notification, baseUrl);
    default:
      return assertNever(kind);
  }
}

function authorization(auth: ChannelAuth): string {
  if (auth.kind === "bearer") return `Bearer ${auth.token}`;
  return `Basic ${Buffer.from(`${auth.user}:${auth.password}`).toString("base64")}`;
}

/** Alertmanager's own address, or that of its API. */
function alertsUrl(given: string): string {
  const url = new URL(given);
  const path = url.pathname.replace(/\/+$/, "");
  url.pathname = path.endsWith(ALERTS_PATH) ? path : `${path}${ALERTS_PATH}`;
  return url.href;
}
