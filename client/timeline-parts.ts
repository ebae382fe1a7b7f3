/** A timeline that is counted part by part, the newest first, as one. Pure. */
import type { TimelineSummary } from "@/contracts/http";
import { groupBy } from "@/domain/collections/group-by";
import type { Chunk } from "./timeline-chunks";

/** Figures of the events from `from` to `to`; null = as far as they are kept, and on from now. */
export interface TimelinePart {
  from: string | null;
  to: string | null;
  summary: TimelineSummary;
}

/** A whole timeline in figures, and which rows lie behind which cursor. */
export interface CountedTimeline extends Omit<TimelineSummary, "chunkRows" | "chunks"> {
  chunks: readonly Chunk[];
  /** Leads behind the last row; null without rows. */
  endCursor: string | null;
}

/** The density has so many buckets, however many parts it comes from. */
const BUCKETS = 600;
const LISTED = 100;

/** Parts that follow each other, the oldest first. @throws without any part */
export function joinParts(parts: readonly TimelinePart[]): CountedTimeline {
  const summaries = parts.map(({ summary }) => summary);
  const oldest = summaries[0];
  if (!oldest) throw new Error("a timeline has at least one part");
  return {
    total: summaries.reduce((sum, { total }) => sum + total, 0),
    coveredFrom: oldest.coveredFrom,
    ...joinDensity(summaries),
    chunks: joinChunks(summaries),
    endCursor: summaries.findLast(({ chunks }) => chunks.length > 0)?.chunks.at(-1)?.cursor ?? null,
    facets: {
      stage: joinFacet(summaries, "stage"),
      type: joinFacet(summaries, "type"),
      router: joinFacet(summaries, "router"),
      thread: joinFacet(summaries, "thread"),
    },
    errors: [...summaries]
      .reverse()
      .flatMap(({ errors }) => errors)
      .slice(0, LISTED),
  };
}

function joinChunks(summaries: readonly TimelineSummary[]): Chunk[] {
  const joined: Chunk[] = [];
  let cursor: string | null = null;
  let firstRow = 0;
  for (const { total, chunkRows, chunks } of summaries) {
    chunks.forEach((chunk, n) => {
      const rows = Math.min(chunkRows, total - n * chunkRows);
      joined.push({ index: joined.length, firstRow, rows, cursor, endsAt: chunk.endsAt });
      cursor = chunk.cursor;
      firstRow += rows;
    });
  }
  return joined;
}

function joinFacet(summaries: readonly TimelineSummary[], name: keyof TimelineSummary["facets"]) {
  const values = groupBy(
    summaries.flatMap(({ facets }) => facets[name]),
    ({ value }) => value,
  );
  return [...values]
    .map(([value, found]) => ({ value, events: found.reduce((sum, { events }) => sum + events, 0) }))
    .sort((a, b) => b.events - a.events || (a.value < b.value ? -1 : 1))
    .slice(0, LISTED);
}

type Density = Pick<
  TimelineSummary,
  "firstAt" | "lastAt" | "bucketMs" | "buckets" | "connections" | "connectionBuckets"
>;

/** Buckets of the parts, put into buckets that are as wide as the whole needs. */
function joinDensity(summaries: readonly TimelineSummary[]): Density {
  const firstAt = summaries.find((part) => part.firstAt !== null)?.firstAt ?? null;
  const lastAt = summaries.findLast((part) => part.lastAt !== null)?.lastAt ?? null;
  const stretchMs = firstAt && lastAt ? Date.parse(lastAt) - Date.parse(firstAt) : 0;
  const bucketMs = Math.max(1, Math.ceil(stretchMs / BUCKETS), ...summaries.map((part) => part.bucketMs));
  const buckets = new Map<number, [number, number, number]>();
  const connections = new Map<string, { index: number; connectionId: string; instance: string }>();
  const connectionBuckets = new Map<string, [number, number, number]>();
  for (const part of summaries) {
    const bucketOf = (n: number) =>
      Math.floor((Date.parse(part.firstAt ?? "") + n * part.bucketMs - Date.parse(firstAt ?? "")) / bucketMs);
    for (const [n, events, errors] of part.buckets) {
      const bucket = bucketOf(n);
      const known = buckets.get(bucket) ?? [bucket, 0, 0];
      buckets.set(bucket, [bucket, known[1] + events, known[2] + errors]);
    }
    for (const [n, place, events] of part.connectionBuckets) {
      const found = part.connections[place];
      if (!found) continue;
      const name = JSON.stringify([found.instance, found.connectionId]);
      const connection = connections.get(name) ?? { ...found, index: connections.size };
      connections.set(name, connection);
      const bucket = bucketOf(n);
      const key = `${bucket}/${connection.index}`;
      connectionBuckets.set(key, [bucket, connection.index, (connectionBuckets.get(key)?.[2] ?? 0) + events]);
    }
  }
  return {
    ...{ firstAt, lastAt, bucketMs },
    buckets: [...buckets.values()],
    connections: [...connections.values()].map(({ connectionId, instance }) => ({ connectionId, instance })),
    connectionBuckets: [...connectionBuckets.values()],
  };
}
