/** One journey with its verdict, the first page of its events and the connections around it. */
import type { JourneyDetail } from "@/contracts/http";
import { journeyStatus } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import type { EventPosition } from "@/server/storage/reading/event-row";
import { findJourney } from "@/server/storage/reading/find-journey";
import { readJourneyEventsAt } from "@/server/storage/reading/journey-events";
import { readNearConnections } from "@/server/storage/reading/near-connections";
import { deliveryView } from "./delivery-view";
import { findingView } from "./finding-view";
import { firstOf } from "./first-of";
import { iso, isoOrNull } from "./iso";
import { journeyMembers, pageAfter } from "./journey-events";
import { cutPage } from "./page";
import { stepProofs } from "./step-proofs";
import { storedVerdict } from "./stored-verdict";

const MAX_FINDINGS = 500;
const MAX_DELIVERIES = 1_000;
const MAX_NOTES = 100;
const MAX_CONNECTIONS = 200;
/** Routers, versions, instances and linked ids, each. */
const MAX_NAMES = 200;
const MAX_INCIDENTS = 50;
/** Events of the moments of steps that are looked at. */
const MAX_PROVING = 200;
/** Each of the lists beside the events gets this share of an answer. */
const LIST_BYTES = 150_000;
/** Connections opened or closed this long before or after still explain what happened. */
const AROUND_MS = 60_000;

export interface JourneyQuery {
  environments: string[];
  /** Run id or inbound message id. */
  id: string;
  /** Names one journey exactly where an id is shared by several users. */
  key: string | null;
  eventsAfter: EventPosition | null;
}

/** The journey that `id` finds; the newest where environments or users share it; null when there is none. */
export async function journeyDetail(db: Database, query: JourneyQuery): Promise<JourneyDetail | null> {
  const found = await findJourney(db, query.environments, query.id, query.key);
  if (!found) return null;
  const { environment, key } = found;
  const row = await db.prisma.journey.findUnique({ where: { environment_key: { environment, key } } });
  if (!row) return null;
  const verdict = storedVerdict.parse(row.verdict);
  const people = [row.owner, verdict.claimedOwner, ...verdict.deliveries.map((delivery) => delivery.recipient)];
  const members = await journeyMembers(db, row, verdict);
  const momentsMs = verdict.steps.flatMap(({ atMs }) => atMs ?? []);
  const [events, proving, near, occurrences] = await Promise.all([
    pageAfter(db, members, query.eventsAfter),
    momentsMs.length === 0 ? [] : readJourneyEventsAt(db, members, momentsMs, MAX_PROVING),
    readNearConnections(db, {
      environment,
      users: distinct(people),
      connectionIds: distinct(verdict.deliveries.map((delivery) => delivery.connectionId)),
      from: new Date(row.startedAt.getTime() - AROUND_MS),
      to: new Date((row.endedAt ?? row.lastEventAt).getTime() + AROUND_MS),
      limit: MAX_CONNECTIONS,
    }),
    db.prisma.occurrence.groupBy({
      by: ["incidentId"],
      where: { environment, subject: key, withdrawnAt: null },
      orderBy: { incidentId: "asc" },
    }),
  ]);
  const findings = cutPage(
    verdict.findings.map((finding) => findingView(finding, verdict)),
    MAX_FINDINGS,
    LIST_BYTES,
  );
  const deliveries = cutPage(verdict.deliveries.map(deliveryView), MAX_DELIVERIES, LIST_BYTES);
  const notes = cutPage(verdict.notes, MAX_NOTES, LIST_BYTES / 4);
  const routers = firstOf(row.routers, MAX_NAMES);
  const versions = firstOf(row.versions, MAX_NAMES);
  const instances = firstOf(row.instances, MAX_NAMES);
  const linked = firstOf(verdict.linked, MAX_NAMES);
  const incidents = firstOf(occurrences, MAX_INCIDENTS);
  const proofs = stepProofs(verdict, proving);
  return {
    id: row.id,
    key,
    status: journeyStatus.parse(row.status),
    owner: row.owner,
    claimedOwner: verdict.claimedOwner,
    environment,
    startedAt: iso(row.startedAt),
    endedAt: isoOrNull(row.endedAt),
    durationMs: row.durationMs,
    policyVersion: row.policyVersion,
    brokenAt: row.brokenStep === null ? null : { step: row.brokenStep, hop: row.brokenHop, router: row.brokenRouter },
    brokenBy: row.brokenFinding,
    steps: verdict.steps.map(({ step, state, hop, atMs }) => ({
      step,
      state,
      hop,
      at: isoOrNull(atMs),
      proof: proofs.get(step) ?? null,
    })),
    findings: findings.items,
    notes: notes.items,
    routers: routers.items,
    versions: versions.items,
    instances: instances.items,
    traits: verdict.traits,
    deliveries: deliveries.items,
    linked: linked.items,
    incidentIds: incidents.items.map(({ incidentId }) => incidentId),
    revision: row.revision,
    judgedAt: iso(row.judgedAt),
    oversized: row.oversized,
    frozen: row.frozen,
    events: { total: row.eventCount, nextCursor: events.nextCursor, items: events.items },
    omitted: {
      findings: verdict.findings.length - findings.items.length,
      deliveries: verdict.deliveries.length - deliveries.items.length,
      notes: verdict.notes.length - notes.items.length,
      connections: (near[0]?.total ?? 0) - near.length,
      routers: routers.omitted,
      versions: versions.omitted,
      instances: instances.omitted,
      linked: linked.omitted,
      incidents: incidents.omitted,
    },
    connections: near.map((interval) => ({
      connectionId: interval.connection_id,
      instance: interval.instance,
      userId: interval.user_id,
      openedAt: isoOrNull(interval.opened_at),
      closedAt: isoOrNull(interval.closed_at),
      closeCode: interval.close_code,
    })),
  };
}

function distinct(values: (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
