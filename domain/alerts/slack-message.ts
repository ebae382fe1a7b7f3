/** A message for a Slack incoming webhook: a few lines for each alert, and what is left out said at the end. */
import { type AlertSeverity, gravestSeverity } from "./alert-severity";
import { cutText, forSlack, slackCode } from "./escape-text";
import type { Notification, NotifiedAlert } from "./notification";
import { pageUrl } from "./page-url";

/** Slack's own limits are 50 blocks and 3,000 characters a section; all blocks together are refused from about 13,000 on. */
const MAX_ALERTS = 20;
const MAX_BLOCKS_CHARACTERS = 11_000;
/** What one section may take: they add up to less than 2,900. */
const MAX_SUMMARY = 800;
const MAX_LABELS = 8;
const MAX_NAME = 60;
const MAX_VALUE = 120;
const MAX_ADDRESS = 500;

interface Mrkdwn {
  type: "mrkdwn";
  text: string;
  /** Slack makes nothing of the text by itself: no links, no mentions. */
  verbatim: true;
}
type Block = { type: "section"; text: Mrkdwn } | { type: "context"; elements: Mrkdwn[] };

export interface SlackMessage {
  /** For notifications and for whoever does not see blocks. */
  text: string;
  blocks: Block[];
  parse: "none";
  link_names: false;
  unfurl_links: false;
  unfurl_media: false;
}

const MARK: Record<AlertSeverity, string> = { critical: "🔴", high: "🟠", warning: "🟡", info: "🔵" };

/** @param baseUrl where Signalbox is, without a slash at its end */
export function slackMessage(notification: Notification, baseUrl: string): SlackMessage {
  const { alerts, environment } = notification;
  const head = headline(notification);
  const [first] = alerts;
  const ended = notification.status === "firing" && first?.status === "resolved" ? "ended: " : "";
  const sections: Block[] = [];
  let characters = 0;
  for (const alert of alerts.slice(0, MAX_ALERTS)) {
    const text = alertLines(alert, baseUrl);
    if (sections.length > 0 && characters + text.length > MAX_BLOCKS_CHARACTERS) break;
    characters += text.length;
    sections.push(section(text));
  }
  const left = alerts.length - sections.length;
  const more = left > 0 ? `${left} more ${left === 1 ? "alert is" : "alerts are"} not shown here. ` : "";
  const overview = link(pageUrl(baseUrl, `alerts?environment=${encodeURIComponent(environment)}`), "All alerts");
  return {
    text: `${head}: ${ended}${fitting(summaryOf(first), MAX_VALUE, forSlack)}`,
    blocks: [section(`*${head}*`), ...sections, { type: "context", elements: [mrkdwn(`${more}${overview}`)] }],
    ...{ parse: "none", link_names: false, unfurl_links: false, unfurl_media: false },
  };
}

function headline(notification: Notification): string {
  const { status, alerts, groupLabels, environment } = notification;
  const firing = alerts.filter((alert) => alert.status === "firing");
  const severity = gravestSeverity({ alerts: firing });
  const mark = status === "resolved" ? "🟢" : MARK[severity ?? "critical"];
  const name = groupLabels.alertname ?? alerts[0]?.labels.alertname ?? "Alert";
  const counted = status === "resolved" ? "Resolved" : firing.length > 1 ? `Firing (${firing.length})` : "Firing";
  return [`${mark} ${counted}`, ...[name, environment].map((part) => fitting(part, MAX_VALUE, forSlack))].join(" · ");
}

function alertLines(alert: NotifiedAlert, baseUrl: string): string {
  const { status, labels, startsAt, endsAt, path } = alert;
  const shown = Object.entries(labels).filter(([name]) => name !== "alertname" && name !== "environment");
  const more = shown.length - MAX_LABELS;
  const fields = shown
    .slice(0, MAX_LABELS)
    .map(([name, value]) => `${fitting(name, MAX_NAME, forSlack)} ${fitting(value, MAX_VALUE, slackCode)}`)
    .concat(more > 0 ? [`${more} more labels`] : [])
    .join("  ");
  const page = pageUrl(baseUrl, path);
  const open = page.length > MAX_ADDRESS ? "" : ` · ${link(page, "Open in Signalbox")}`;
  const since = `${status} since ${(endsAt ?? startsAt).toISOString()}${open}`;
  return [fitting(summaryOf(alert), MAX_SUMMARY, forSlack), fields, since].filter((line) => line !== "").join("\n");
}

function summaryOf(alert: NotifiedAlert | undefined): string {
  return alert?.annotations.summary ?? alert?.annotations.description ?? alert?.labels.alertname ?? "";
}

const link = (url: string, words: string) => `<${url.replaceAll("&", "&amp;")}|${words}>`;
const mrkdwn = (text: string): Mrkdwn => ({ type: "mrkdwn", text, verbatim: true });
const section = (text: string): Block => ({ type: "section", text: mrkdwn(text) });

/** Escaped text of at most `max` characters: cut before it is escaped, so that no escape is cut. */
function fitting(text: string, max: number, escaped: (text: string) => string): string {
  for (let kept = max; ; kept = Math.floor(kept / 2)) {
    const shown = escaped(cutText(text, kept));
    if (shown.length <= max) return shown;
  }
}
