/** How the effort to have one implementation of each job goes, in the code and in the traffic. */
import type { Consolidation } from "@/contracts/consolidation";
import { bucketGrid } from "@/server/queries/bucket-grid";
import { firstOf } from "@/server/queries/first-of";
import { iso } from "@/server/queries/iso";
import { reliabilityTarget } from "@/server/queries/overview";
import { readTallies } from "@/server/queries/read-tallies";
import { Tally } from "@/server/queries/tally";
import { readTrafficByCommit } from "@/server/storage/commit-traffic";
import type { Database } from "@/server/storage/database";
import { ROW, scanRow } from "./scan-rows";

const DAY_MS = 86_400_000;
const MAX_TREND = 300;
const MAX_INCIDENTS = 200;
const MAX_RANGE_MS = 400 * DAY_MS;
const WITHOUT_SCANS_MS = 7 * DAY_MS;
/** What is shown before the first commit: so much, and at least this. */
const SHARE_BEFORE = 0.05;
const LEAST_BEFORE_MS = 1_800_000;

export interface ConsolidationQuery {
  environments: string[];
  /** null = from the first scan that is drawn. */
  fromMs: number | null;
  toMs: number;
  nowMs: number;
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
  const fromMs = query.fromMs ?? oldestMs - Math.max(LEAST_BEFORE_MS, (toMs - oldestMs) * SHARE_BEFORE);
  const grid = bucketGrid(fromMs, toMs);
  const trend = drawn.reverse().map(scanRow);
  const commitsMs = trend.map(({ committedAt }) => Date.parse(committedAt));
  const [tallies, byCommit, target, incidents] = await Promise.all([
    readTallies(db, environments, grid),
    readTrafficByCommit(db, environments, { commitsMs, toMs, nowMs: query.nowMs }),
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
    trend: trend.map(({ id, commit, committedAt, notAnalysed, concepts }, nth) => ({
      ...{ id, commit, committedAt, notAnalysed, concepts },
      until: reliabilityOf(byCommit.filter(({ at }) => at === nth)),
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

function reliabilityOf(counters: readonly { metric: string; n: number }[]) {
  const tally = new Tally();
  for (const { metric, n } of counters) tally.add(metric, n);
  return { good: tally.good, bad: tally.bad, ratio: tally.ratio };
}
