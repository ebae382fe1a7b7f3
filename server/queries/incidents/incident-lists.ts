/** Occurrences and journeys of one incident, page by page. Null where these environments have no such incident. */
import type { IncidentJourneys, IncidentOccurrences } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { readIncidentJourneys } from "@/server/storage/reading/incidents/incident-journeys";
import { writeCursor } from "../cursor";
import { iso } from "../iso";
import { journeyRowView } from "../journey-row-view";
import { cutPage } from "../page";
import { COUNTED_OCCURRENCES } from "./facts";
import { occurrenceRow } from "./occurrence-view";

export interface IncidentPageQuery {
  environments: string[];
  id: string;
  after: { at: string; key: string } | null;
  limit: number;
}

/** Every occurrence, the newest first, those that were disproved too. Uses occurrence_incident_idx. */
export async function incidentOccurrences(
  { prisma }: Database,
  { environments, id, after, limit }: IncidentPageQuery,
): Promise<IncidentOccurrences | null> {
  const incident = await prisma.incident.findFirst({
    where: { id, environment: { in: environments } },
    select: { id: true },
  });
  if (!incident) return null;
  const at = after && new Date(after.at);
  const rows = await prisma.occurrence.findMany({
    where: {
      incidentId: id,
      ...(at ? { OR: [{ occurredAt: { lt: at } }, { occurredAt: at, key: { gt: after.key } }] } : {}),
    },
    omit: { evidence: true },
    orderBy: [{ occurredAt: "desc" }, { key: "asc" }],
    take: limit + 1,
  });
  const { items, more } = cutPage(rows.map(occurrenceRow), limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ at: last.occurredAt, key: last.key }) : null };
}

/** Journeys in which it occurred, the one with the newest occurrence first. */
export async function incidentJourneys(db: Database, query: IncidentPageQuery): Promise<IncidentJourneys | null> {
  const { environments, id, after, limit } = query;
  const incident = await db.prisma.incident.findFirst({
    where: { id, environment: { in: environments } },
    select: { id: true },
  });
  if (!incident) return null;
  const rows = await readIncidentJourneys(db, { id, atMost: COUNTED_OCCURRENCES, after, limit: limit + 1 });
  const { items, more } = cutPage(
    rows.map((row) => ({
      ...{ key: row.subject, occurrences: row.occurrences, lastAt: iso(row.last_at) },
      journey: row.key === null ? null : journeyRowView(row),
    })),
    limit,
  );
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ at: last.lastAt, key: last.key }) : null };
}
