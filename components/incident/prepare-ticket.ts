import { leakRule } from "@/client/words";
import type { IncidentSummary } from "@/contracts/http";
import { forMarkdown } from "@/domain/alerts/escape-text";

type Told = Pick<
  IncidentSummary,
  "rule" | "severity" | "status" | "router" | "environment" | "occurrences" | "firstSeenAt" | "lastSeenAt"
>;

/** An incident as Markdown for an issue tracker: what was found and where, and no user. @param url the page that shows it */
export function ticketText(incident: Told, url: string): string {
  const { rule, severity, status, router, environment, occurrences, firstSeenAt, lastSeenAt } = incident;
  const { title, meaning } = leakRule(rule);
  const facts = [
    ["Router", router === null ? "none named" : forMarkdown(router)],
    ["Environment", forMarkdown(environment)],
    ["Occurrences", String(occurrences)],
    ["First seen", firstSeenAt],
    ["Last seen", lastSeenAt],
  ];
  const lines = facts.map(([name, value]) => `- ${name}: ${value}`);
  const address = url.replace(/[<>\s\\]/g, encodeURIComponent);
  return [
    `## ${title} (${severity}, ${status})`,
    "",
    meaning,
    "",
    ...lines,
    "",
    `[Open in Signalbox](<${address}>)`,
    "",
  ].join("\n");
}
