/** What a campaign's criteria are evaluated from: scans, counters, leaks and runs as they were at one time. */
import {
  type Criterion,
  type Evidence,
  isOfTraffic,
  type TrafficWindow,
  turnOf,
} from "@/domain/consolidation/campaign";
import {
  type CampaignTime,
  campaignWindows,
  stepsBetween,
  type TrafficStretch,
} from "@/domain/consolidation/campaign-windows";
import { slidingWindows } from "@/domain/consolidation/sliding-windows";
import { resultOf } from "@/domain/test-runs/assess-run";
import { Tally } from "@/server/queries/tally";
import { ROW } from "@/server/scans/scan-rows";
import { readFilesGone, readLeaksByWindow, readTrafficByWindow } from "@/server/storage/campaign-evidence";
import type { Database } from "@/server/storage/database";

/** What is looked at. A criterion that held for longer says since the first of it. */
const SCANS = 300;
const RUNS = 300;

export interface EvidenceQuery {
  environment: string;
  time: CampaignTime;
  criteria: readonly Criterion[];
  /** Nothing later counts. */
  asOfMs: number;
}

export async function readEvidence(db: Database, query: EvidenceQuery): Promise<Evidence> {
  const { environment, criteria, asOfMs } = query;
  const files = criteria.flatMap((one) => (one.kind === "file_gone" ? one.file : []));
  const suites = criteria.flatMap((one) => (one.kind === "suite" ? one.suite : []));
  const [scans, windows, runs] = await Promise.all([
    readScans(db, files, asOfMs),
    criteria.some(isOfTraffic) ? readWindows(db, query) : [],
    Promise.all(suites.map(async (suite) => [suite, await readRuns(db, environment, suite, asOfMs)] as const)),
  ]);
  return { scans, windows, runs: Object.fromEntries(runs) };
}

async function readScans(db: Database, files: string[], asOfMs: number): Promise<Evidence["scans"]> {
  const rows = await db.prisma.scan.findMany({
    select: ROW,
    where: { committedAt: { lte: new Date(asOfMs) } },
    orderBy: [{ committedAt: "desc" }, { id: "desc" }],
    take: SCANS,
  });
  const ids = rows.map(({ id }) => id);
  const known = await readFilesGone(db, ids, files);
  const goneIn = new Map<string, Record<string, boolean>>();
  for (const { id, file, gone } of known) goneIn.set(id, { ...goneIn.get(id), [file]: gone });
  return rows.reverse().map(({ id, commit, committedAt, concepts }) => ({
    ...{ id, commit, atMs: committedAt.getTime() },
    concepts: concepts.map(({ concept, ...figures }) => ({ id: concept, ...figures })),
    gone: goneIn.get(id) ?? {},
  }));
}

/** Windows one after the other, and the one that ends now; between them more where a criterion turned. */
async function readWindows(db: Database, query: EvidenceQuery): Promise<TrafficWindow[]> {
  const { environment, time, criteria, asOfMs } = query;
  const { past, now } = campaignWindows(time, asOfMs);
  const read = (stretch: TrafficStretch) => readStretch(db, environment, stretch);
  const windows = (await Promise.all([read(past), read(now)])).flat();
  const turns = criteria.flatMap((one) => turnOf(one, { scans: [], windows, runs: {} }) ?? []);
  const between = [...new Map(turns.map((turn) => [turn.beforeMs, turn])).values()].map(async (turn) => {
    const steps = stepsBetween(time, turn, asOfMs);
    const found = steps ? slidingWindows(await read(steps), past.windowMs) : [];
    return found.filter(({ atMs }) => atMs > turn.afterMs && atMs < turn.beforeMs);
  });
  return [...windows, ...(await Promise.all(between)).flat()].sort((a, b) => a.atMs - b.atMs);
}

async function readStretch(db: Database, environment: string, stretch: TrafficStretch): Promise<TrafficWindow[]> {
  const { fromMs, toMs, windowMs } = stretch;
  const starts = Array.from({ length: Math.ceil((toMs - fromMs) / windowMs) }, (_, n) => fromMs + n * windowMs);
  const [rows, leaks] = await Promise.all([
    readTrafficByWindow(db, environment, stretch),
    readLeaksByWindow(db, environment, starts, windowMs),
  ]);
  const tallies = new Map<number, Tally>();
  for (const { atMs, metric, n } of rows) {
    const tally = tallies.get(atMs) ?? new Tally();
    tallies.set(atMs, tally);
    tally.add(metric, n);
  }
  return starts.map((startMs) => {
    const tally = tallies.get(startMs) ?? new Tally();
    return {
      ...{ between: false, fromMs: startMs, atMs: startMs + windowMs, good: tally.good, bad: tally.bad },
      ...{ delivery: deliveryOf(tally), leaks: leaks.get(startMs) ?? 0 },
    };
  });
}

function deliveryOf(tally: Tally): TrafficWindow["delivery"] {
  return Object.fromEntries(
    [...tally.named("delivery/")].map(([type, counts]) => [
      type,
      {
        emitted: (counts.get("emitted") ?? 0) - (counts.get("excused") ?? 0),
        delivered: counts.get("delivered") ?? 0,
      },
    ]),
  );
}

async function readRuns(
  { prisma }: Database,
  environment: string,
  suite: string,
  asOfMs: number,
): Promise<Evidence["runs"][string]> {
  const rows = await prisma.testRun.findMany({
    where: { environment, suite, ranAt: { lte: new Date(asOfMs) } },
    orderBy: [{ ranAt: "desc" }, { id: "desc" }],
    take: RUNS,
    select: { ranAt: true, tests: true, failures: true, errors: true, skipped: true },
  });
  return rows.reverse().flatMap(({ ranAt, ...counts }) => {
    const result = resultOf(counts);
    return result === "none" ? [] : [{ atMs: ranAt.getTime(), passed: result === "pass" }];
  });
}
