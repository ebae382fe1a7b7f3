import { type IncidentDetail, type IncidentList, severity } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import type { Incident } from "@/server/storage/generated/client";
import { writeCursor } from "./cursor";
import { firstOf } from "./first-of";
import { iso, isoOrNull } from "./iso";
import { occurrenceItem } from "./occurrence-view";
import { cutPage } from "./page";

/** Owners and recipients that one row names. */
const MAX_NAMES = 100;
const MAX_OCCURRENCES = 50;

export interface IncidentQuery {
  environments: string[];
  rules: string[] | null;
  /** Without it all but those whose every occurrence was disproved. */
  statuses: string[] | null;
  after: { seenAt: string; environment: string; id: string } | null;
  limit: number;
}

/** Incidents, the one seen last first. */
export async function incidentList({ prisma }: Database, query: IncidentQuery): Promise<IncidentList> {
  const { environments, rules, statuses, after, limit } = query;
  const seenAt = after && new Date(after.seenAt);
  const rows = await prisma.incident.findMany({
    where: {
      environment: { in: environments },
      ...(rules ? { rule: { in: rules } } : {}),
      status: statuses ? { in: statuses } : { not: "withdrawn" },
      ...(after && seenAt
        ? { OR: [{ lastSeenAt: { lt: seenAt } }, { lastSeenAt: seenAt, id: { gt: after.id } }] }
        : {}),
    },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
    take: limit + 1,
  });
  const { items, more } = cutPage(rows.map(incidentRowView), limit);
  const last = items.at(-1);
  const position = last && { seenAt: last.lastSeenAt, environment: last.environment, id: last.id };
  return { items, nextCursor: more && position ? writeCursor(position) : null };
}

/** One incident with its newest occurrences; null where these environments have none of this id. */
export async function incidentDetail(
  { prisma }: Database,
  environments: string[],
  id: string,
): Promise<IncidentDetail | null> {
  const incident = await prisma.incident.findFirst({ where: { id, environment: { in: environments } } });
  if (!incident) return null;
  const [rows, stored] = await Promise.all([
    prisma.occurrence.findMany({
      where: { incidentId: id },
      orderBy: { occurredAt: "desc" },
      take: MAX_OCCURRENCES,
    }),
    prisma.occurrence.count({ where: { incidentId: id } }),
  ]);
  const { items } = cutPage(rows.map(occurrenceItem), MAX_OCCURRENCES);
  return {
    ...incidentRowView(incident),
    mutedUntil: isoOrNull(incident.mutedUntil),
    occurrenceItems: items,
    omitted: stored - items.length,
  };
}

function incidentRowView(incident: Incident): IncidentList["items"][number] {
  const owners = firstOf(incident.owners, MAX_NAMES);
  const recipients = firstOf(incident.recipients, MAX_NAMES);
  return {
    id: incident.id,
    environment: incident.environment,
    rule: incident.rule,
    severity: severity.parse(incident.severity),
    status: incident.status,
    router: incident.router || null,
    owners: owners.items,
    ownersOmitted: owners.omitted,
    recipients: recipients.items,
    recipientsOmitted: recipients.omitted,
    occurrences: incident.occurrences,
    firstSeenAt: iso(incident.firstSeenAt),
    lastSeenAt: iso(incident.lastSeenAt),
  };
}
