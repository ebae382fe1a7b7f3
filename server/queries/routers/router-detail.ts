/** One router over time: its messages, errors and latency, what it takes, where it runs. */
import type { RouterDetail } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { type RouterCount, readRouterCounts, type Stretch } from "@/server/storage/reading/router-counts";
import { readRouterSightings } from "@/server/storage/reading/router-sightings";
import { bucketGrid } from "../bucket-grid";
import { firstOf } from "../first-of";
import { iso } from "../iso";
import type { OverviewQuery } from "../overview";
import { MAX_CODE_SERIES, MAX_ROUTERS_OF_TYPE } from "./bounds";
import { componentList, unheardOf } from "./component-list";
import { firstTypes, takersByType, typeRow } from "./consistency";
import { figuresOf } from "./figures";
import { inboundOfRouter } from "./inbound";
import { readOutages } from "./outages";
import { codesOf, previousOf, seriesOf } from "./over-time";
import { routerRow } from "./router-row";
import { sightingsWith } from "./sightings";
import { sourcesOf } from "./source-list";
import { stretchesOfRange, stretchOfSeries } from "./stretches";

export interface RouterDetailQuery extends OverviewQuery {
  router: string;
  nowMs: number;
}

/** Null for a router that nothing was ever seen of. */
export async function routerDetail(db: Database, query: RouterDetailQuery): Promise<RouterDetail | null> {
  const { environments, fromMs, toMs, router } = query;
  const grid = bucketGrid(fromMs, toMs);
  const read = (only: string | null, stretches: Stretch[]) =>
    readRouterCounts(db, { environments, router: only, stretches, bucketMs: grid.bucketMs });
  const before = { ...grid, fromMs: grid.fromMs - grid.spanMs, toMs: grid.toMs - grid.spanMs };
  const overTime = (range: Parameters<typeof stretchOfSeries>[1]) => [
    stretchOfSeries("message", range),
    stretchOfSeries("latency", range),
  ];
  const [own, ownBefore, everybody, folded, outages] = await Promise.all([
    read(router, [
      ...overTime(grid),
      { ...stretchOfSeries("source", grid), byBucket: false },
      ...stretchesOfRange("inbound", grid),
    ]),
    read(router, overTime(before)),
    read(null, [...stretchesOfRange("message", grid), ...stretchesOfRange("handler", grid)]),
    readRouterSightings(db, environments, router),
    readOutages(db, environments, grid, query.nowMs),
  ]);
  const figures = figuresOf(own);
  const sighting = sightingsWith(folded, [...own, ...ownBefore]).get(router);
  if (!sighting && figures.messages === 0) return null;
  const services = [...figures.services.map.keys()].flatMap((service) => service ?? []);
  const components = await componentList(db, query, { router, services });
  const codes = codesOf(own, grid);
  const total = everybody.reduce((sum, { kind, n }) => (kind === "message" ? sum + n : sum), 0);
  return {
    from: iso(fromMs),
    to: iso(toMs),
    environment: environments.length === 1 ? (environments[0] ?? "") : "*",
    bucketMs: grid.bucketMs,
    router: routerRow(router, figures, sighting, total),
    series: seriesOf(own, grid, codes.items.slice(0, MAX_CODE_SERIES)),
    previous: previousOf(ownBefore, grid),
    codes,
    types: typesOf(everybody, router),
    sources: sourcesOf(own, grid),
    inbound: inboundOfRouter(own, router),
    components,
    unheard: unheardOf(outages, query),
  };
}

function typesOf(counts: readonly RouterCount[], router: string): RouterDetail["types"] {
  const rows = [...takersByType(counts)].flatMap(([type, takers]) => {
    const own = takers.filter((taker) => taker.router === router);
    if (own.length === 0) return [];
    const others = [...new Set(takers.filter((taker) => taker.router !== router).map((taker) => taker.router))].sort();
    const { inconsistent: _inconsistent, ...row } = typeRow(type, own);
    return { ...row, others: firstOf(others, MAX_ROUTERS_OF_TYPE) };
  });
  rows.sort((a, b) => b.messages - a.messages || (a.type < b.type ? -1 : 1));
  return firstTypes(rows);
}
