/** What kinds of channels and severities are called, and what an address of each kind is. */
import type { ChannelKind, ChannelRow } from "@/contracts/channels";
import type { AlertSeverity } from "@/domain/alerts/alert-severity";

export const KINDS: Record<
  ChannelKind,
  { title: string; says: string; urlLabel: string; urlHint: string; example: string }
> = {
  webhook: {
    title: "Webhook",
    says: "gets the body of Alertmanager's own webhook (version 4)",
    urlLabel: "Address",
    urlHint: "A POST goes to exactly this address. Redirects are not followed.",
    example: "https://pager.example.com/hooks/signalbox",
  },
  alertmanager: {
    title: "Alertmanager",
    says: "gets the alerts themselves, each minute while they fire, and decides whom to tell",
    urlLabel: "Address of Alertmanager",
    urlHint: "As you open it in a browser; /api/v2/alerts is added.",
    example: "http://127.0.0.1:9093",
  },
  slack: {
    title: "Slack",
    says: "gets a message, about one a second, which begins with its group: a webhook cannot write into threads",
    urlLabel: "Address of the incoming webhook",
    urlHint: "Whoever knows it can post to the channel. It is stored sealed and never shown again.",
    example: "https://hooks.slack.com/services/T…/B…/…",
  },
};

export const SEVERITY_CHOICES: { value: AlertSeverity; label: string }[] = [
  { value: "critical", label: "critical only" },
  { value: "high", label: "high and above" },
  { value: "warning", label: "warning and above" },
  { value: "info", label: "everything" },
];

export function severityText(minimum: AlertSeverity): string {
  return SEVERITY_CHOICES.find(({ value }) => value === minimum)?.label ?? minimum;
}

/** "https://hooks.slack.com/…xyz1": what may be seen of an address. */
export function addressText({ scheme, host, ends }: ChannelRow["address"]): string {
  return `${scheme}://${host}${ends === "" ? "" : `/…${ends}`}`;
}

/** Whether what is sent there can be read on the way; on the same host there is no way. */
export function isOpen({ scheme, host }: ChannelRow["address"]): boolean {
  return scheme === "http" && !/^(localhost|127\.[\d.]+|\[::1\])(:\d+)?$/.test(host);
}
