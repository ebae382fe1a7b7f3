/** How the effort to have one implementation of each job goes, in the code and in the traffic. */
import type { Consolidation } from "@/contracts/consolidation";
import { bucketGrid } from "@/server/queries/bucket-grid";
import { firstOf } from "@/server/queries/first-of";
import { iso } from "@/server/queries/iso";
import { reliabilityTarget } from "@/server/queries/overview";
import { readTallies } from "@/server/queries/read-tallies";
import type { Database } from "@/server/storage/database";
import { ROW, scanRow } from "./scan-rows";

const DAY_MS = 86_400_000;
const MAX_TREND = 300;
const MAX_INCIDENTS = 200;
const MAX_RANGE_MS = 400 * DAY_MS;
const WITHOUT_SCANS_MS = 7 * DAY_MS;

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
