import type { IncidentDetail, IncidentList, IncidentSummary, OpenIncidents } from "@/contracts/http";
import { WAITING_STATUSES } from "@/domain/incidents/incident-state";
import type { Database } from "@/server/storage/database";
import type { Prisma } from "@/server/storage/generated/client";
import { writeCursor } from "../cursor";
import { cutPage } from "../page";
import { incidentFacts } from "./facts";
import { incidentRow } from "./incident-row";
import { occurrenceItem } from "./occurrence-view";

const MAX_OCCURRENCES = 50;

export interface IncidentFilter {
  rules: string[] | null;
  /** Without it all but those whose every occurrence was disproved. */
  statuses: string[] | null;
  severities: string[] | null;
  routers: string[] | null;
  /** Only those that are muted now, or only those that are not. */
  muted: boolean | null;
}

export interface IncidentQuery extends IncidentFilter {
  environments: string[];
  after: { seenAt: string; environment: string; id: string } | null;
  limit: number;
}

export const ANY_INCIDENT: IncidentFilter = {
  ...{ rules: null, statuses: null, severities: null, routers: null, muted: null },
};

/** Incidents, the one seen last first. */
export async function incidentList({ prisma }: Database, query: IncidentQuery, nowMs: number): Promise<IncidentList> {
  const { environments, rules, statuses, severities, routers, muted, after, limit } = query;
  const seenAt = after && new Date(after.seenAt);
  const rows = await prisma.incident.findMany({
    where: {
      environment: { in: environments },
      ...(rules ? { rule: { in: rules } } : {}),
      ...(severities ? { severity: { in: severities } } : {}),
      ...(routers ? { router: { in: routers } } : {}),
      status: statuses ? { in: statuses } : { not: "withdrawn" },
      AND: [
        muted === null ? {} : muted ? { mutedUntil: { gt: new Date(nowMs) } } : notMuted(nowMs),
        after && seenAt ? { OR: [{ lastSeenAt: { lt: seenAt } }, { lastSeenAt: seenAt, id: { gt: after.id } }] } : {},
      ],
    },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
    take: limit + 1,
  });
  const { items, more } = cutPage(
    rows.map((row) => incidentRow(row, nowMs)),
    limit,
  );
  const last = items.at(-1);
  const position = last && { seenAt: last.lastSeenAt, environment: last.environment, id: last.id };
  return { items, nextCursor: more && position ? writeCursor(position) : null };
}

/** How many wait for somebody. Uses incident_open_idx. */
export async function openIncidents(
  { prisma }: Database,
  environments: string[],
  nowMs: number,
): Promise<OpenIncidents> {
  const groups = await prisma.incident.groupBy({
    by: ["severity"],
    where: { environment: { in: environments }, status: { in: [...WAITING_STATUSES] }, ...notMuted(nowMs) },
    _count: true,
  });
  const of = (counted: typeof groups) => counted.reduce((sum, group) => sum + group._count, 0);
  return { open: of(groups), critical: of(groups.filter(({ severity }) => severity === "critical")) };
}

function notMuted(nowMs: number): Prisma.IncidentWhereInput {
  return { OR: [{ mutedUntil: null }, { mutedUntil: { lte: new Date(nowMs) } }] };
}

/** One incident with what its occurrences have in common; null where these environments have none of this id. */
export async function incidentSummary(
  db: Database,
  environments: string[],
  id: string,
  nowMs: number,
): Promise<IncidentSummary | null> {
  const incident = await db.prisma.incident.findFirst({ where: { id, environment: { in: environments } } });
  if (!incident) return null;
  return { ...incidentRow(incident, nowMs), facts: await incidentFacts(db, id, incident.occurrences) };
}

/** As {@link incidentSummary}, with its newest occurrences. */
export async function incidentDetail(
  db: Database,
  environments: string[],
  id: string,
  nowMs: number,
): Promise<IncidentDetail | null> {
  const summary = await incidentSummary(db, environments, id, nowMs);
  if (!summary) return null;
  const rows = await db.prisma.occurrence.findMany({
    where: { incidentId: id },
    orderBy: { occurredAt: "desc" },
    take: MAX_OCCURRENCES,
  });
  const { items } = cutPage(rows.map(occurrenceItem), MAX_OCCURRENCES);
  const stored = summary.occurrences + summary.facts.withdrawn;
  return { ...summary, occurrenceItems: items, omitted: Math.max(0, stored - items.length) };
}
