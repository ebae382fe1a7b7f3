/** One router over time: its messages, errors and latency, what it takes, where it runs. */
import type { RouterDetail } from "@/contracts/http";
import { percentileMs } from "@/domain/rollups/latency-bucket";
import type { Database } from "@/server/storage/database";
import { type RouterCount, readRouterCounts, type Stretch } from "@/server/storage/reading/router-counts";
import { readRouterSightings } from "@/server/storage/reading/router-sightings";
import { type BucketGrid, bucketGrid } from "../bucket-grid";
import { firstOf } from "../first-of";
import { iso } from "../iso";
import type { OverviewQuery } from "../overview";
import { MAX_ROUTERS_OF_TYPE, MAX_SOURCES } from "./bounds";
import { firstTypes, takersByType, typeRow } from "./consistency";
import { addTo, createFigures, type Figures, textOrNull } from "./figures";
import { inboundOfRouter } from "./inbound";
import { routerRow } from "./router-row";
import { sightingsWith } from "./sightings";
import { stretchesOfRange, stretchOfSeries } from "./stretches";

const HOUR_MS = 3_600_000;

export interface RouterDetailQuery extends OverviewQuery {
  router: string;
}

/** Null for a router that nothing was ever seen of. */
export async function routerDetail(db: Database, query: RouterDetailQuery): Promise<RouterDetail | null> {
  const { environments, fromMs, toMs, router } = query;
  const grid = bucketGrid(fromMs, toMs);
  const read = (only: string | null, stretches: Stretch[]) =>
    readRouterCounts(db, { environments, router: only, stretches, bucketMs: grid.bucketMs });
  const [own, everybody, folded] = await Promise.all([
    read(router, [
      stretchOfSeries("message", grid),
      stretchOfSeries("latency", grid),
      { ...stretchOfSeries("source", grid), byBucket: false },
      ...stretchesOfRange("inbound", grid),
    ]),
    read(null, [...stretchesOfRange("message", grid), ...stretchesOfRange("handler", grid)]),
    readRouterSightings(db, environments, router),
  ]);
  const figures = createFigures();
  for (const count of own) addTo(figures, count);
  const sighting = sightingsWith(folded, own).get(router);
  if (!sighting && figures.messages === 0) return null;
  const total = everybody.reduce((sum, { kind, n }) => (kind === "message" ? sum + n : sum), 0);
  return {
    from: iso(fromMs),
    to: iso(toMs),
    environment: environments.length === 1 ? (environments[0] ?? "") : "*",
    bucketMs: grid.bucketMs,
    router: routerRow(router, figures, sighting, total),
    series: seriesOf(own, grid),
    types: typesOf(everybody, router),
    sources: sourcesOf(own, grid),
    inbound: inboundOfRouter(own, router),
  };
}

function seriesOf(counts: readonly RouterCount[], { starts, bucketMs }: BucketGrid): RouterDetail["series"] {
  const buckets = new Map<number, Figures>();
  for (const count of counts) {
    if (count.atMs === null) continue;
    const startMs = Math.floor(count.atMs / bucketMs) * bucketMs;
    const figures = buckets.get(startMs) ?? createFigures();
    addTo(figures, count);
    buckets.set(startMs, figures);
  }
  return starts.map((startMs) => {
    const { messages, codes, latency } = buckets.get(startMs) ?? createFigures();
    const p = (share: number) => percentileMs(latency.map, share);
    return { at: iso(startMs), messages, errors: codes.total, p50Ms: p(0.5), p95Ms: p(0.95) };
  });
}

function typesOf(counts: readonly RouterCount[], router: string): RouterDetail["types"] {
  const rows = [...takersByType(counts)].flatMap(([type, takers]) => {
    const own = takers.filter((taker) => taker.router === router);
    if (own.length === 0) return [];
    const others = [...new Set(takers.filter((taker) => taker.router !== router).map((taker) => taker.router))].sort();
    const { inconsistent: _inconsistent, ...row } = typeRow(type, own);
    return { ...row, others: others.slice(0, MAX_ROUTERS_OF_TYPE) };
  });
  rows.sort((a, b) => b.messages - a.messages || (a.type < b.type ? -1 : 1));
  return firstTypes(rows);
}

/** Times are as fine as the rows that the range is read from, whether these are folded yet or not. */
function sourcesOf(counts: readonly RouterCount[], { grain }: BucketGrid): RouterDetail["sources"] {
  const onGrain = (ms: number) => iso(grain === "hour" ? Math.floor(ms / HOUR_MS) * HOUR_MS : ms);
  const sources = new Map<string, RouterDetail["sources"]["items"][number]>();
  const rows = counts.filter(({ kind, n }) => kind === "source" && n > 0);
  for (const { name, n, firstMs, lastMs } of rows.sort((a, b) => a.firstMs - b.firstMs)) {
    const [service, instance, version] = name.map(textOrNull);
    const known = sources.get(JSON.stringify(name));
    const first = { firstSeenAt: onGrain(firstMs), lastSeenAt: onGrain(lastMs), messages: 0 };
    const source = known ?? {
      service: service ?? null,
      instance: instance ?? null,
      version: version ?? null,
      ...first,
    };
    source.messages += n;
    if (onGrain(lastMs) > source.lastSeenAt) source.lastSeenAt = onGrain(lastMs);
    sources.set(JSON.stringify(name), source);
  }
  const sorted = [...sources.values()].sort((a, b) => b.messages - a.messages || (nameOf(a) < nameOf(b) ? -1 : 1));
  return firstOf(sorted, MAX_SOURCES);
}

function nameOf({ service, instance, version }: RouterDetail["sources"]["items"][number]): string {
  return JSON.stringify([service, instance, version]);
}
