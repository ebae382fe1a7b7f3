/** Finds users, runs, messages, connections, threads and incidents by an id or its beginning. */
import { journeyStatus, type SearchAnswer, type SearchHit, type SearchKind, severity } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { findConnections } from "@/server/storage/reading/search/search-connections";
import { findIncidents } from "@/server/storage/reading/search/search-incidents";
import { findJourneys, type JourneyOfId } from "@/server/storage/reading/search/search-journeys";
import { findMessages } from "@/server/storage/reading/search/search-messages";
import { findThreads } from "@/server/storage/reading/search/search-threads";
import { findUsers } from "@/server/storage/reading/search/search-users";
import { isoOrNull } from "./iso";

/** Of each kind. */
export const MAX_HITS = 8;

/** What these environments hold under ids that begin with `q`. Every kind is bounded, and says when there is more. */
export async function search(db: Database, environments: string[], q: string): Promise<SearchAnswer> {
  const limit = MAX_HITS + 1;
  const [users, journeys, messages, connections, threads, incidents] = await Promise.all([
    findUsers(db, environments, q, limit),
    findJourneys(db, environments, q, limit),
    findMessages(db, environments, q, limit),
    findConnections(db, environments, q, limit),
    findThreads(db, environments, q, limit),
    findIncidents(db, environments, q, limit),
  ]);
  const common = (row: { id: string; environment: string; at: Date | null }) => ({
    id: row.id,
    environment: row.environment,
    exact: row.id === q,
    at: isoOrNull(row.at),
  });
  const runs = journeys.filter((row) => row.is_run);
  const requests = journeys.filter((row) => !row.is_run);
  const found: SearchHit[][] = [
    users.map((row) => ({
      kind: "user",
      ...common(row),
      connected: row.connected,
      status: row.status === null ? null : journeyStatus.parse(row.status),
    })),
    runs.map((row) => ({ kind: "run", ...common(row), ...journey(row) })),
    distinct([
      ...messages.map((row) => ({
        kind: "message" as const,
        ...common(row),
        ...journey(row),
        type: row.type,
        userId: row.connection_user,
      })),
      ...requests.map((row) => ({
        kind: "message" as const,
        ...common(row),
        ...journey(row),
        type: null,
        userId: null,
      })),
    ]),
    connections.map((row) => ({
      kind: "connection",
      ...common(row),
      instance: row.instance,
      userId: row.user_id,
      state: row.seen ? (row.closed_at === null ? "open" : "closed") : "never_seen_open",
      openedAt: isoOrNull(row.opened_at),
      closedAt: isoOrNull(row.closed_at),
    })),
    threads.map((row) => ({ kind: "thread", ...common(row), ...journey(row) })),
    incidents.map((row) => ({
      kind: "incident",
      ...common(row),
      rule: row.rule,
      severity: severity.parse(row.severity),
      status: row.status,
      router: row.router || null,
    })),
  ];
  const more = found.flatMap((hits): SearchKind[] => (hits[0] && hits.length > MAX_HITS ? [hits[0].kind] : []));
  return { q, items: found.flatMap((hits) => hits.sort(exactFirst).slice(0, MAX_HITS)), more };
}

function journey(row: JourneyOfId) {
  return {
    journeyId: row.journey_id,
    journeyKey: row.journey_key,
    status: row.status === null ? null : journeyStatus.parse(row.status),
    owner: row.owner,
  };
}

/** Several events of a message lead to one journey: one hit, the first of them. */
function distinct(hits: Extract<SearchHit, { kind: "message" }>[]): SearchHit[] {
  const first = new Map<string, SearchHit>();
  for (const hit of hits) {
    const key = JSON.stringify([hit.environment, hit.id, hit.journeyKey]);
    if (!first.has(key)) first.set(key, hit);
  }
  return [...first.values()];
}

function exactFirst(a: SearchHit, b: SearchHit): number {
  if (a.exact !== b.exact) return a.exact ? -1 : 1;
  return (b.at ?? "") < (a.at ?? "") ? -1 : (b.at ?? "") > (a.at ?? "") ? 1 : 0;
}
