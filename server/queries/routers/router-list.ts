/** The routers of a range: who handled what, how consistently, and what became of messages that are no requests. */
import type { RouterList } from "@/contracts/http";
import { distinctRouters } from "@/domain/journeys/findings/router-names";
import { policyAt } from "@/domain/journeys/policy-timeline";
import { OK } from "@/domain/rollups/router-metrics";
import type { Database } from "@/server/storage/database";
import type { PolicyBook } from "@/server/storage/judging/policy-book";
import { autoCommit } from "@/server/storage/judging/transaction";
import { type RouterCount, readRouterCounts } from "@/server/storage/reading/router-counts";
import { type RouterSighting, readRouterSightings } from "@/server/storage/reading/router-sightings";
import { type BucketGrid, bucketGrid } from "../bucket-grid";
import { firstWithin } from "../first-of";
import { iso } from "../iso";
import type { OverviewQuery } from "../overview";
import { MAX_ROUTERS, MAX_ROUTERS_BYTES, MAX_SERIES } from "./bounds";
import { componentList, unheardOf } from "./component-list";
import { typeList } from "./consistency";
import { createFigures, type Figures, figuresByRouter } from "./figures";
import { inboundList } from "./inbound";
import { readOutages } from "./outages";
import { routerRow } from "./router-row";
import { sightingsWith } from "./sightings";
import { stretchesOfRange, stretchOfSeries } from "./stretches";
import { freshSpan, inboundStretches, unheardSpans } from "./undecided";

const SUMS = ["handler", "latency", "source", "inbound"] as const;

export interface RouterListQuery extends OverviewQuery {
  nowMs: number;
  policies: PolicyBook;
}

export async function routerList(db: Database, query: RouterListQuery): Promise<RouterList> {
  const { environments, fromMs, toMs, nowMs } = query;
  const grid = bucketGrid(fromMs, toMs);
  const read = (stretches: Parameters<typeof readRouterCounts>[1]["stretches"]) =>
    stretches.length === 0
      ? Promise.resolve([])
      : readRouterCounts(db, { environments, router: null, stretches, bucketMs: grid.bucketMs });
  const routeMs = await patienceOf(db, query);
  const fresh = freshSpan(grid, nowMs, routeMs);
  const outages = readOutages(db, environments, grid, nowMs);
  const [counts, freshCounts, unheardCounts, folded, components, unheard] = await Promise.all([
    read([stretchOfSeries("message", grid), ...SUMS.flatMap((kind) => stretchesOfRange(kind, grid))]),
    read(inboundStretches([fresh])),
    outages.then((known) => read(inboundStretches(unheardSpans(known, grid, fresh, routeMs)))),
    readRouterSightings(db, environments, null),
    componentList(db, query, null),
    outages.then((known) => unheardOf(known, query)),
  ]);
  const seen = sightingsWith(folded, counts);
  const figures = [...figuresByRouter(counts)].filter(([, { messages }]) => messages > 0);
  figures.sort(([a, first], [b, second]) => second.messages - first.messages || (a < b ? -1 : 1));
  const inRange = counts.filter(({ kind }) => kind === "message");
  const messages = sum(figures, ([, { messages }]) => messages);
  const rows = [...figures, ...silent(figures, [...seen.values()])].map(([router, of]) =>
    routerRow(router, of, seen.get(router), messages),
  );
  return {
    from: iso(fromMs),
    to: iso(toMs),
    environment: environments.length === 1 ? (environments[0] ?? "") : "*",
    bucketMs: grid.bucketMs,
    ...firstWithin(rows, MAX_ROUTERS, MAX_ROUTERS_BYTES),
    totals: {
      messages,
      errors: sum(figures, ([, { codes }]) => codes.total),
      routers: figures.length,
      failing: figures.filter(([, { codes }]) => codes.total > 0).length,
      implementations: distinctRouters(figures.map(([router]) => router)).length,
    },
    series: seriesOf(
      ranked(figures, ({ messages }) => messages),
      inRange,
      grid,
    ),
    failed: seriesOf(
      ranked(figures, ({ codes }) => codes.total),
      inRange.filter(({ name }) => name[0] !== OK),
      grid,
    ),
    types: typeList(counts),
    inbound: inboundList(counts, freshCounts, unheardCounts),
    components,
    unheard,
  };
}

/** How long a router may take until a message counts as not routed, in ms; the longest where environments differ. */
async function patienceOf({ pool }: Database, { environments, nowMs, policies }: RouterListQuery): Promise<number> {
  const { timelineOf } = await policies.renewed(autoCommit(pool));
  return Math.max(0, ...environments.map((environment) => policyAt(timelineOf(environment), nowMs).routeMs));
}

/** Routers that handled nothing in the range, the one seen last first. */
function silent(busy: readonly [string, Figures][], sightings: readonly RouterSighting[]): [string, Figures][] {
  const known = new Set(busy.map(([router]) => router));
  return sightings
    .filter(({ router }) => !known.has(router))
    .sort((a, b) => b.lastMs - a.lastMs || (a.router < b.router ? -1 : 1))
    .map(({ router }) => [router, createFigures()]);
}

/** Routers with any of what is asked for, those with the most first. */
function ranked(figures: readonly [string, Figures][], of: (figures: Figures) => number): string[] {
  return figures
    .filter(([, known]) => of(known) > 0)
    .sort(([, a], [, b]) => of(b) - of(a))
    .map(([router]) => router);
}

function seriesOf(
  routers: readonly string[],
  counts: readonly RouterCount[],
  { starts, bucketMs }: BucketGrid,
): RouterList["series"] {
  const shown = routers.slice(0, MAX_SERIES);
  const place = new Map(shown.map((router, i) => [router, i]));
  const points = new Map(starts.map((startMs) => [startMs, { messages: shown.map(() => 0), others: 0 }]));
  for (const { router, atMs, n } of counts) {
    const point = atMs === null ? undefined : points.get(Math.floor(atMs / bucketMs) * bucketMs);
    if (!point) continue;
    const i = place.get(router);
    if (i === undefined) point.others += n;
    else point.messages[i] = (point.messages[i] ?? 0) + n;
  }
  return { routers: shown, points: [...points].map(([startMs, point]) => ({ at: iso(startMs), ...point })) };
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
