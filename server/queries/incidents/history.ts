/** What happened to an incident, newest first. */
import { z } from "zod";
import { type IncidentEvent, type IncidentHistory, incidentEvent } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import type { IncidentHistory as Row } from "@/server/storage/generated/client";
import { writeCursor } from "../cursor";
import { iso, isoOrNull } from "../iso";
import { cutPage } from "../page";

export interface HistoryQuery {
  environments: string[];
  id: string;
  after: { seq: string } | null;
  limit: number;
}

/** A page of it; null where these environments have no such incident. Uses incident_history_incident_idx. */
export async function incidentHistory({ prisma }: Database, query: HistoryQuery): Promise<IncidentHistory | null> {
  const { environments, id, after, limit } = query;
  const incident = await prisma.incident.findFirst({
    where: { id, environment: { in: environments } },
    select: { id: true },
  });
  if (!incident) return null;
  const rows = await prisma.incidentHistory.findMany({
    where: { incidentId: id, ...(after ? { seq: { lt: BigInt(after.seq) } } : {}) },
    orderBy: { seq: "desc" },
    take: limit + 1,
  });
  const { items, more } = cutPage(rows.map(historyEvent), limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ seq: last.id }) : null };
}

const keptDetail = z.object({
  from: incidentEvent.shape.from.catch(null),
  version: z.string().nullable().catch(null),
  occurredAtMs: z.number().nullable().catch(null),
  mutedUntilMs: z.number().nullable().catch(null),
});

export function historyEvent(row: Row): IncidentEvent {
  const { from, version, occurredAtMs, mutedUntilMs } = keptDetail.parse(row.detail);
  return {
    id: String(row.seq),
    at: iso(row.at),
    action: incidentEvent.shape.action.parse(row.action),
    actor: incidentEvent.shape.actor.parse({ kind: row.actorKind, name: row.actorName }),
    from,
    version,
    occurredAt: isoOrNull(occurredAtMs),
    mutedUntil: isoOrNull(mutedUntilMs),
    note: row.note,
  };
}
