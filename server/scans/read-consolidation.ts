/** How the effort to have one implementation of each job goes, in the code and in the traffic. */
import type { CodeAndTraffic, Consolidation, RoutersInCode } from "@/contracts/consolidation";
import { matchRouters } from "@/domain/consolidation/code-and-traffic";
import type { ScanReport } from "@/domain/consolidation/types";
import { bucketGrid } from "@/server/queries/bucket-grid";
import { firstOf } from "@/server/queries/first-of";
import { iso } from "@/server/queries/iso";
import { reliabilityTarget } from "@/server/queries/overview";
import { readTallies } from "@/server/queries/read-tallies";
import type { Database } from "@/server/storage/database";
import { firstCountedAt, readRouterSightings, readRouterTotals } from "@/server/storage/reading/router-sightings";
import { ROW, scanRow } from "./scan-rows";

const DAY_MS = 86_400_000;
const MAX_TREND = 300;
const MAX_INCIDENTS = 200;
const MAX_RANGE_MS = 400 * DAY_MS;
const WITHOUT_SCANS_MS = 7 * DAY_MS;
/** A router that handled no message for so long is silent. */
const SILENT_DAYS = 7;
const MAX_MATCHED = 500;

export interface ConsolidationQuery {
  environments: string[];
  /** null = from the first scan that is drawn. */
  fromMs: number | null;
  toMs: number;
}

/** Scans of the range with reliability and incidents of the environments on the same axis. */
export async function consolidation(db: Database, query: ConsolidationQuery): Promise<Consolidation> {
  const { environments, toMs } = query;
  const { prisma } = db;
  const earliest = new Date(query.fromMs ?? toMs - MAX_RANGE_MS);
  const inRange = { committedAt: { gte: earliest, lte: new Date(toMs) } };
  const [newest, drawn, all] = await Promise.all([
    prisma.scan.findFirst({ select: ROW, orderBy: [{ committedAt: "desc" }, { id: "desc" }] }),
    prisma.scan.findMany({
      ...{ select: ROW, where: inRange, take: MAX_TREND },
      orderBy: [{ committedAt: "desc" }, { id: "desc" }],
    }),
    prisma.scan.count({ where: inRange }),
  ]);
  const oldestMs = drawn.at(-1)?.committedAt.getTime() ?? toMs - WITHOUT_SCANS_MS;
  const fromMs = query.fromMs ?? Math.min(oldestMs, toMs - DAY_MS);
  const grid = bucketGrid(fromMs, toMs);
  const [tallies, target, incidents] = await Promise.all([
    readTallies(db, environments, grid),
    reliabilityTarget(db, environments),
    prisma.incident.findMany({
      where: {
        environment: { in: environments },
        firstSeenAt: { gte: new Date(fromMs), lte: new Date(toMs) },
        status: { not: "withdrawn" },
      },
      select: { id: true, rule: true, severity: true, firstSeenAt: true },
      orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
    }),
  ]);
  return {
    newest: newest && scanRow(newest),
    trend: drawn
      .reverse()
      .map(scanRow)
      .map(({ id, commit, committedAt, notAnalysed, concepts }) => ({
        id,
        commit,
        committedAt,
        notAnalysed,
        concepts,
      })),
    trendOmitted: all - drawn.length,
    from: iso(fromMs),
    to: iso(toMs),
    bucketMs: grid.bucketMs,
    reliability: grid.starts.map((startMs) => {
      const bucket = tallies.buckets.get(startMs);
      return { at: iso(startMs), good: bucket?.good ?? 0, bad: bucket?.bad ?? 0, ratio: bucket?.ratio ?? null };
    }),
    reliabilityTarget: target,
    incidents: firstOf(
      incidents.map(({ firstSeenAt, ...incident }) => ({ ...incident, firstSeenAt: iso(firstSeenAt) })),
      MAX_INCIDENTS,
    ),
  };
}

/** Routers of the newest scan and of the traffic, side by side. */
export async function routersInCode(
  db: Database,
  { environments, nowMs }: { environments: string[]; nowMs: number },
): Promise<RoutersInCode> {
  const [newest, sightings, totals, watchedSince] = await Promise.all([
    db.prisma.scan.findFirst({ select: { ...ROW, report: true }, orderBy: [{ committedAt: "desc" }, { id: "desc" }] }),
    readRouterSightings(db, environments, null),
    readRouterTotals(db, environments),
    firstCountedAt(db, environments),
  ]);
  const messages = new Map(totals.map((row) => [row.router, row.messages]));
  const seen = sightings.map(({ router, ...times }) => ({ router, ...times, messages: messages.get(router) ?? 0 }));
  const concepts = newest ? (newest.report as unknown as ScanReport).concepts : [];
  const sinceMs = watchedSince?.getTime() ?? null;
  const matched = matchRouters(concepts, seen, { nowMs, sinceMs, silentMs: SILENT_DAYS * DAY_MS });
  return {
    scan: newest && scanRow(newest),
    silentDays: SILENT_DAYS,
    watchedSince: sinceMs === null ? null : iso(sinceMs),
    routers: firstOf(
      matched.map(
        ({ firstMs, lastMs, ...router }): CodeAndTraffic => ({
          ...router,
          firstSeenAt: firstMs === null ? null : iso(firstMs),
          lastSeenAt: lastMs === null ? null : iso(lastMs),
        }),
      ),
      MAX_MATCHED,
    ),
  };
}
