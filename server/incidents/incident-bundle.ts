/** One incident as one JSON document, written part by part, so that no part but one is ever in memory. */
import {
  BUNDLE_FORMAT,
  type IncidentBundle,
  type IncidentEvent,
  type IncidentSummary,
  type OccurrenceView,
} from "@/contracts/http";
import { auditPosition, occurrencePosition, readCursor } from "@/server/queries/cursor";
import { incidentEvidence } from "@/server/queries/incidents/evidence";
import { incidentHistory } from "@/server/queries/incidents/history";
import { incidentJourneys } from "@/server/queries/incidents/incident-lists";
import { occurrenceItem } from "@/server/queries/incidents/occurrence-view";
import { iso } from "@/server/queries/iso";
import type { Database } from "@/server/storage/database";
import type { Occurrence, Prisma } from "@/server/storage/generated/client";

export const BUNDLE_LIMITS = { occurrences: 1_000, evidence: 20, journeys: 500, history: 1_000 };
const PAGE = 50;
const CONTENT =
  "Text of messages and values of fields that may not be stored in plain: they are lengths and fingerprints.";

export interface BundleRequest {
  incident: IncidentSummary;
  /** With the words of notes. */
  notes: boolean;
  nowMs: number;
}

/** The document's text in order. `leftOut` comes last: a bundle without it was cut off. */
export async function* incidentBundle(db: Database, { incident, notes, nowMs }: BundleRequest): AsyncGenerator<string> {
  const of = { environments: [incident.environment], id: incident.id };
  const written = { history: 0, occurrences: 0, evidence: 0, journeys: 0 };
  let hiddenNotes = 0;
  yield `{"format":${JSON.stringify(BUNDLE_FORMAT)},"exportedAt":${JSON.stringify(iso(nowMs))},`;
  yield `"incident":${JSON.stringify(incident)}`;

  const told = async function* () {
    for await (const event of history(db, of)) {
      written.history += 1;
      if (event.note !== null && !notes) hiddenNotes += 1;
      yield notes ? event : { ...event, note: null };
    }
  };
  yield* listText("history", told());

  const standing: string[] = [];
  const found = async function* () {
    for await (const occurrence of occurrences(db, incident.id)) {
      written.occurrences += 1;
      if (occurrence.withdrawnAt === null && standing.length < BUNDLE_LIMITS.evidence) standing.push(occurrence.key);
      yield occurrence;
    }
  };
  yield* listText("occurrences", found());

  const surrounded = async function* (): AsyncGenerator<IncidentBundle["evidence"][number]> {
    for (const key of standing) {
      const evidence = await incidentEvidence(db, { ...of, key });
      if (!evidence) continue;
      written.evidence += 1;
      const { source, keptAt, around } = evidence;
      yield { occurrence: key, source, keptAt, around };
    }
  };
  yield* listText("evidence", surrounded());

  const journeys = async function* () {
    for await (const journey of journeysOf(db, of)) {
      written.journeys += 1;
      yield journey;
    }
  };
  yield* listText("journeys", journeys());

  const { occurrences: standingNow, facts } = incident;
  const events = await db.prisma.incidentHistory.count({ where: { incidentId: incident.id } });
  const leftOut: IncidentBundle["leftOut"] = {
    occurrences: Math.max(0, standingNow + facts.withdrawn - written.occurrences),
    evidence: Math.max(0, standingNow - written.evidence),
    journeys: Math.max(0, facts.journeys - written.journeys),
    history: Math.max(0, events - written.history),
    notes: hiddenNotes,
    content: CONTENT,
  };
  yield `,"leftOut":${JSON.stringify(leftOut)}}\n`;
}

async function* listText(name: keyof IncidentBundle, items: AsyncIterable<unknown>): AsyncGenerator<string> {
  yield `,${JSON.stringify(name)}:[`;
  let between = "";
  for await (const item of items) {
    yield between + JSON.stringify(item);
    between = ",";
  }
  yield "]";
}

interface Of {
  environments: string[];
  id: string;
}

async function* history(db: Database, of: Of): AsyncGenerator<IncidentEvent> {
  let after: { seq: string } | null = null;
  for (let left = BUNDLE_LIMITS.history; left > 0; ) {
    const page = await incidentHistory(db, { ...of, after, limit: Math.min(left, 200) });
    yield* page?.items ?? [];
    left -= page?.items.length ?? 0;
    after = page?.nextCursor ? readCursor(auditPosition, page.nextCursor) : null;
    if (!after) return;
  }
}

async function* journeysOf(db: Database, of: Of): AsyncGenerator<IncidentBundle["journeys"][number]> {
  let after: { at: string; key: string } | null = null;
  for (let left = BUNDLE_LIMITS.journeys; left > 0; ) {
    const page = await incidentJourneys(db, { ...of, after, limit: Math.min(left, 100) });
    yield* page?.items ?? [];
    left -= page?.items.length ?? 0;
    after = page?.nextCursor ? readCursor(occurrencePosition, page.nextCursor) : null;
    if (!after) return;
  }
}

/** Newest first, by occurrence_incident_idx. */
async function* occurrences({ prisma }: Database, incidentId: string): AsyncGenerator<OccurrenceView> {
  let after: { occurredAt: Date; key: string } | null = null;
  for (let left = BUNDLE_LIMITS.occurrences; left > 0; left -= PAGE) {
    const older: Prisma.OccurrenceWhereInput | null = after && {
      OR: [{ occurredAt: { lt: after.occurredAt } }, { occurredAt: after.occurredAt, key: { gt: after.key } }],
    };
    const rows: Occurrence[] = await prisma.occurrence.findMany({
      where: { incidentId, ...older },
      orderBy: [{ occurredAt: "desc" }, { key: "asc" }],
      take: Math.min(left, PAGE),
    });
    for (const row of rows) yield occurrenceItem(row);
    after = rows.at(-1) ?? null;
    if (rows.length < PAGE) return;
  }
}
