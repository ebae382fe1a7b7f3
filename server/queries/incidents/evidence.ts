/** What proves one leak, from the events that are stored, or as it was kept when they were dropped. */
import { z } from "zod";
import {
  type EvidenceAround,
  type EvidenceBinding,
  type EvidenceEvent,
  type EvidenceSide,
  evidenceAround,
  type IncidentEvidence,
} from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import type { Occurrence } from "@/server/storage/generated/client";
import type { EventRow } from "@/server/storage/reading/event-row";
import {
  readConnectionLife,
  readIntervalAt,
  readMessageStages,
} from "@/server/storage/reading/incidents/occurrence-events";
import { readTimelinePage } from "@/server/storage/reading/timeline/timeline-page";
import { iso, isoOrNull } from "../iso";
import { occurrenceItem } from "./occurrence-view";

/** What both users did is shown this long before and after the moment. */
export const AROUND_MS = 30_000;
const MAX_BEFORE = 50;
const MAX_AFTER = 50;
/** Events before the moment that are looked at for the last of them. */
const LOOKED_AT = 500;
const MAX_HOPS = 60;
const MAX_LIFE = 20;

const keptBindings = z.array(z.object({ userId: z.string(), atMs: z.number() })).catch([]);

/** Of one occurrence, the newest that stands if none is named; null where there is none in these environments. */
export async function incidentEvidence(
  db: Database,
  { environments, id, key }: { environments: string[]; id: string; key: string | null },
): Promise<IncidentEvidence | null> {
  const occurrence = await db.prisma.occurrence.findFirst({
    where: {
      incidentId: id,
      environment: { in: environments },
      ...(key === null ? { withdrawnAt: null } : { key }),
    },
    orderBy: { occurredAt: "desc" },
  });
  if (!occurrence) return null;
  const kept = occurrence.kept === null ? null : evidenceAround.safeParse(occurrence.kept);
  return {
    incidentId: id,
    environment: occurrence.environment,
    occurrence: occurrenceItem(occurrence),
    source: kept?.success ? "kept" : "telemetry",
    keptAt: kept?.success ? isoOrNull(occurrence.keptAt) : null,
    around: kept?.success ? kept.data : await readAround(db, occurrence),
  };
}

/** What the stored events say about an occurrence. */
export async function readAround(db: Database, occurrence: Omit<Occurrence, "kept">): Promise<EvidenceAround> {
  const { environment, messageId, runId, eventIds, occurredAt } = occurrence;
  const [stages, sides] = await Promise.all([
    readMessageStages(db, { environment, messageId, runId, eventIds, at: occurredAt, limit: MAX_HOPS + 1 }),
    Promise.all(sidesOf(occurrence).map((side) => readSide(db, occurrence, side))),
  ]);
  return {
    from: iso(occurredAt.getTime() - AROUND_MS),
    to: iso(occurredAt.getTime() + AROUND_MS),
    sides,
    hops: stages.slice(0, MAX_HOPS).map(evidenceEvent),
    hopsOmitted: Math.max(0, stages.length - MAX_HOPS),
    binding: await readBinding(db, occurrence, stages),
  };
}

type Side = Pick<EvidenceSide, "role" | "userId">;

function sidesOf({ owner, recipient }: Pick<Occurrence, "owner" | "recipient">): Side[] {
  return [
    ...(owner === null ? [] : [{ role: "owner" as const, userId: owner }]),
    ...(recipient === null || recipient === owner ? [] : [{ role: "recipient" as const, userId: recipient }]),
  ];
}

async function readSide(
  db: Database,
  { environment, occurredAt }: Pick<Occurrence, "environment" | "occurredAt">,
  side: Side,
): Promise<EvidenceSide> {
  // The moment is stored in ms: an event of the same ms belongs to what came before.
  const splitMs = occurredAt.getTime() + 1;
  const of = { environments: [environment], user: side.userId, filter: {}, after: null };
  const [before, after] = await Promise.all([
    readTimelinePage(db, {
      ...of,
      ...{ from: new Date(splitMs - AROUND_MS), to: new Date(splitMs), limit: LOOKED_AT },
    }),
    readTimelinePage(db, {
      ...of,
      ...{ from: new Date(splitMs), to: new Date(splitMs + AROUND_MS), limit: MAX_AFTER + 1 },
    }),
  ]);
  return {
    ...side,
    events: [...before.rows.slice(-MAX_BEFORE), ...after.rows.slice(0, MAX_AFTER)].map(evidenceEvent),
    moreBefore: before.rows.length > MAX_BEFORE,
    moreAfter: after.rows.length > MAX_AFTER,
  };
}

/** The connection that the message was written to, as of the moment. */
async function readBinding(
  db: Database,
  occurrence: Pick<Occurrence, "environment" | "connectionId" | "occurredAt" | "eventIds">,
  stages: readonly EventRow[],
): Promise<EvidenceBinding | null> {
  const { environment, connectionId, occurredAt: at, eventIds } = occurrence;
  if (connectionId === null) return null;
  const onIt = stages.filter((event) => event.connection_id === connectionId);
  const instance = (onIt.find(({ id }) => eventIds.includes(id)) ?? onIt[0])?.instance ?? "";
  const where = { environment, connectionId, instance };
  const [interval, life] = await Promise.all([
    readIntervalAt(db, { ...where, at }),
    readConnectionLife(db, { ...where, at: new Date(at.getTime() + AROUND_MS) }, MAX_LIFE),
  ]);
  if (!interval && life.length === 0) return null;
  const bindings = keptBindings.parse(interval?.bindings);
  const inForce = bindings.findLast(({ atMs }) => atMs <= at.getTime() + 1) ?? bindings[0];
  return {
    connectionId,
    instance: instance || null,
    openedAt: isoOrNull(interval?.opened_at ?? null),
    closedAt: isoOrNull(interval?.closed_at ?? null),
    closeCode: interval?.close_code ?? null,
    bindings: bindings.map(({ userId, atMs }) => ({ userId, at: iso(Math.floor(atMs)) })),
    userId: inForce?.userId ?? interval?.user_id ?? null,
    events: life.map(evidenceEvent),
  };
}

function evidenceEvent(row: EventRow): EvidenceEvent {
  return {
    id: row.id,
    time: iso(row.time),
    stage: row.stage,
    type: row.type,
    userId: row.user_id,
    connectionUser: row.connection_user ?? null,
    connectionId: row.connection_id,
    instance: row.instance,
    runId: row.run_id,
    messageId: row.message_id,
    agentName: row.agent_name,
    toolName: row.tool_name,
    router: row.router,
    handler: row.handler,
    outcome: row.outcome,
    errorCode: row.error_code,
    version: row.version,
  };
}
