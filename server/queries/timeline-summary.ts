import type { TimelineSummary } from "@/contracts/http";
import { groupBy } from "@/domain/collections/group-by";
import type { Database } from "@/server/storage/database";
import type { TimelineRange } from "@/server/storage/reading/timeline/members";
import type { TimelineFilter } from "@/server/storage/reading/timeline/timeline-filter";
import { readTimelineSummary } from "@/server/storage/reading/timeline/timeline-summary";
import { writeCursor } from "./cursor";

/** So many are read and counted in well under 200 ms; who wants more asks for the time before. */
const AT_MOST = 15_000;
const BUCKETS = 600;
const CHUNK_ROWS = 200;
const LISTED = 100;
const FACET_VALUES = 500;

/**
 * The timeline's density, its most frequent values and where its rows are found: of the newest events of the range, and
 * `coveredFrom` says since when.
 */
export async function timelineSummary(
  db: Database,
  query: TimelineRange & { filter: TimelineFilter },
): Promise<TimelineSummary> {
  const bounds = { atMost: AT_MOST, buckets: BUCKETS, every: CHUNK_ROWS, listed: LISTED, facetValues: FACET_VALUES };
  const { row, coveredFrom } = await readTimelineSummary(db, { ...query, ...bounds });
  const facets = groupBy(row.facets ?? [], ({ name }) => name);
  const facet = (name: "stage" | "type" | "router" | "thread") =>
    (facets.get(name) ?? []).map(({ value, events }) => ({ value, events }));
  const connections = new Map<string, { index: number; connectionId: string; instance: string }>();
  const connectionBuckets = (row.connection_buckets ?? []).map(([bucket, connectionId, instance, events]) => {
    const name = `${instance}\0${connectionId}`;
    const known = connections.get(name) ?? { index: connections.size, connectionId, instance };
    connections.set(name, known);
    return [bucket, known.index, events] satisfies [number, number, number];
  });
  return {
    total: row.total,
    coveredFrom: coveredFrom && inMs(coveredFrom),
    firstAt: row.first && inMs(row.first),
    lastAt: row.last && inMs(row.last),
    bucketMs: row.width_ms ?? 1,
    buckets: row.buckets ?? [],
    connectionBuckets,
    connections: [...connections.values()].map(({ connectionId, instance }) => ({ connectionId, instance })),
    chunkRows: CHUNK_ROWS,
    chunks: (row.chunk_ends ?? []).map(([at, seq, id]) => ({ endsAt: inMs(at), cursor: writeCursor({ at, seq, id }) })),
    facets: { stage: facet("stage"), type: facet("type"), router: facet("router"), thread: facet("thread") },
    errors: (row.errors ?? []).map(([id, at, stage, type, connectionId, instance]) => ({
      id,
      at: inMs(at),
      stage,
      type,
      connectionId,
      instance: instance ?? "",
    })),
  };
}

/** "…:04.123456Z" as "…:04.123Z". */
function inMs(at: string): string {
  return at.replace(/(\.\d{3})\d*Z$/, "$1Z");
}
