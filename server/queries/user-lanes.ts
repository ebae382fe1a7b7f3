import { journeyStatus, type UserLanes } from "@/contracts/http";
import type { FindingCode } from "@/domain/journeys/types";
import type { Database } from "@/server/storage/database";
import type { TimelineRange } from "@/server/storage/reading/timeline/members";
import {
  readJourneyBuckets,
  readUserConnections,
  readUserJourneys,
} from "@/server/storage/reading/timeline/user-lanes";
import { findingView } from "./finding-view";
import { iso, isoOrNull } from "./iso";
import { storedVerdict } from "./stored-verdict";

const MAX_CONNECTIONS = 200;
const MAX_JOURNEYS = 400;
const MAX_BROKEN = 100;
const MAX_MISSING = 200;
const MAX_LEAKS = 100;
const BUCKETS = 600;

/** Findings that say: this was expected and never came. */
const ABSENCES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "not_routed",
  "agent_not_started",
  "stalled",
  "missing_event",
  "tool_unfinished",
  "event_lost",
  "event_unacked",
  "phantom_delivery",
  "connection_lost",
]);

export type LanesRange = TimelineRange & { from: Date | null; to: Date | null };

/** Connections, journeys, what never came, and leaks that touch the range; each bounded, with the number left out. */
export async function userLanes(db: Database, range: LanesRange): Promise<UserLanes> {
  const [connections, journeys, broken, leaks] = await Promise.all([
    readUserConnections(db, range, MAX_CONNECTIONS),
    readUserJourneys(db, range, MAX_JOURNEYS),
    readBroken(db, range),
    readLeaks(db, range),
  ]);
  const missing = broken.flatMap(missingOf);
  const journeysTotal = journeys[0]?.total ?? 0;
  return {
    connections: connections.map((row) => ({
      connectionId: row.connection_id,
      instance: row.instance,
      openedAt: isoOrNull(row.opened_at),
      closedAt: isoOrNull(row.closed_at),
      closeCode: row.close_code,
    })),
    journeys: journeys.map((row) => ({
      id: row.id,
      status: journeyStatus.parse(row.status),
      startedAt: iso(row.started_at),
      untilAt: iso(row.ended_at ?? row.last_event_at),
      threadId: row.thread_ids[0] ?? null,
      brokenBy: row.broken_finding,
    })),
    journeyBuckets: journeysTotal > journeys.length ? await buckets(db, range) : null,
    missing: missing.slice(0, MAX_MISSING),
    leaks: leaks.slice(0, MAX_LEAKS).map((row) => ({
      incidentId: row.incidentId,
      rule: row.rule,
      at: iso(row.occurredAt),
      owner: row.owner,
      recipient: row.recipient,
      connectionId: row.connectionId,
      eventIds: row.eventIds,
    })),
    omitted: {
      connections: (connections[0]?.total ?? 0) - connections.length,
      journeys: journeysTotal - journeys.length,
      missing: Math.max(0, missing.length - MAX_MISSING),
      leaks: Math.max(0, leaks.length - MAX_LEAKS),
    },
  };
}

async function buckets(db: Database, range: LanesRange): Promise<UserLanes["journeyBuckets"]> {
  if (range.from === null || range.to === null) return null;
  const bucketMs = Math.max(1, Math.ceil((range.to.getTime() - range.from.getTime()) / BUCKETS));
  const rows = await readJourneyBuckets(db, range, bucketMs);
  return {
    from: iso(range.from),
    bucketMs,
    items: rows.map(({ bucket, status, journeys }) => [bucket, journeyStatus.parse(status), journeys]),
  };
}

/** Journeys of the range that failed by an absence, the newest first (journey_owner_idx). */
function readBroken(db: Database, { environments, user, from, to }: LanesRange) {
  return db.prisma.journey.findMany({
    where: {
      environment: { in: environments },
      owner: user,
      status: "failed",
      findings: { hasSome: [...ABSENCES] },
      startedAt: to ? { lt: to } : {},
      lastEventAt: from ? { gte: from } : {},
    },
    select: { id: true, verdict: true },
    orderBy: [{ startedAt: "desc" }, { key: "asc" }],
    take: MAX_BROKEN,
  });
}

function missingOf({ id, verdict }: { id: string; verdict: unknown }): UserLanes["missing"] {
  const parsed = storedVerdict.parse(verdict);
  return parsed.findings
    .filter(({ code, fails }) => fails && ABSENCES.has(code))
    .map((finding) => {
      const { code, at, messageType = null, summary } = findingView(finding, parsed);
      return { journeyId: id, code, at, messageType, summary };
    });
}

/** Leaks of the user's messages and leaks to the user (occurrence_owner_idx, occurrence_recipient_idx). */
function readLeaks(db: Database, { environments, user, from, to }: LanesRange) {
  return db.prisma.occurrence.findMany({
    where: {
      environment: { in: environments },
      OR: [{ owner: user }, { recipient: user }],
      withdrawnAt: null,
      occurredAt: { ...(from && { gte: from }), ...(to && { lt: to }) },
    },
    omit: { evidence: true },
    orderBy: [{ occurredAt: "desc" }, { key: "asc" }],
    take: MAX_LEAKS + 1,
  });
}
