/** Campaigns: stored, listed, and evaluated whenever somebody looks. */
import type { Campaign, CampaignChange, CampaignList } from "@/contracts/campaigns";
import {
  type Criterion,
  type EvaluatedCriterion,
  type Evidence,
  evaluateCriterion,
  isDone,
} from "@/domain/consolidation/campaign";
import { resultOf } from "@/domain/test-runs/assess-run";
import { firstOf } from "@/server/queries/first-of";
import { iso } from "@/server/queries/iso";
import { readTallies } from "@/server/queries/read-tallies";
import { ROW } from "@/server/scans/scan-rows";
import { readFilesGone, readLeaksByDay } from "@/server/storage/campaign-evidence";
import type { Database } from "@/server/storage/database";
import type { Campaign as Stored } from "@/server/storage/generated/client";

const DAY_MS = 86_400_000;
/** Evidence that is looked at. A criterion that held for longer says since the first of it. */
const DAYS = 30;
const SCANS = 100;
const RUNS = 100;
const MAX_LISTED = 100;

export interface CampaignActor {
  name: string;
  nowMs: number;
}

/** Makes a campaign, or changes it. */
export async function putCampaign(
  { prisma }: Database,
  id: string,
  { criteria, ...change }: CampaignChange,
  { name, nowMs }: CampaignActor,
): Promise<void> {
  const at = new Date(nowMs);
  const fields = { ...change, criteria, changedAt: at, changedBy: name };
  await prisma.campaign.upsert({
    where: { id },
    update: fields,
    create: { id, ...fields, createdAt: at, createdBy: name },
  });
}

/** The campaign as it is stored; null where there is none with this id. */
export function findCampaign({ prisma }: Database, id: string): Promise<Stored | null> {
  return prisma.campaign.findUnique({ where: { id } });
}

export async function deleteCampaign({ prisma }: Database, id: string): Promise<void> {
  await prisma.campaign.deleteMany({ where: { id } });
}

/** Campaigns of these environments, by name, each evaluated. */
export async function listCampaigns(db: Database, environments: string[], nowMs: number): Promise<CampaignList> {
  const stored = await db.prisma.campaign.findMany({
    where: { environment: { in: environments } },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  const { items, omitted } = firstOf(stored, MAX_LISTED);
  const evaluated: Campaign[] = [];
  for (const campaign of items) evaluated.push(await campaignView(db, campaign, nowMs));
  return { items: evaluated.map((campaign) => ({ ...campaign, criteria: campaign.criteria.length })), omitted };
}

/** One campaign with every criterion evaluated now. */
export async function campaignView(db: Database, stored: Stored, nowMs: number): Promise<Campaign> {
  const { id, name, environment, holdDays, changedAt, changedBy } = stored;
  const criteria = stored.criteria as unknown as Criterion[];
  const evidence = await readEvidence(db, environment, criteria, nowMs);
  const evaluated = criteria.map((criterion) => evaluateCriterion(criterion, evidence));
  return {
    ...{ id, name, environment, holdDays, changedBy },
    changedAt: iso(changedAt),
    done: isDone(evaluated, holdDays * DAY_MS, nowMs),
    met: evaluated.filter(({ met }) => met === true).length,
    criteria: evaluated.map(criterionView),
  };
}

function criterionView({ criterion, now, met, sinceMs, trend }: EvaluatedCriterion): Campaign["criteria"][number] {
  return {
    ...{ criterion, now, met },
    since: sinceMs === null ? null : iso(sinceMs),
    trend: trend.map(({ atMs, ...point }) => ({ at: iso(atMs), ...point })),
  };
}

async function readEvidence(
  db: Database,
  environment: string,
  criteria: readonly Criterion[],
  nowMs: number,
): Promise<Evidence> {
  const files = criteria.flatMap((one) => (one.kind === "file_gone" ? one.file : []));
  const suites = criteria.flatMap((one) => (one.kind === "suite" ? one.suite : []));
  const [scans, days, runs] = await Promise.all([
    readScans(db, files),
    readDays(db, environment, nowMs),
    Promise.all(suites.map(async (suite) => [suite, await readRuns(db, environment, suite)] as const)),
  ]);
  return { scans, days, runs: Object.fromEntries(runs) };
}

async function readScans(db: Database, files: string[]): Promise<Evidence["scans"]> {
  const newest = [{ committedAt: "desc" as const }, { id: "desc" as const }];
  const rows = (await db.prisma.scan.findMany({ select: ROW, orderBy: newest, take: SCANS })).reverse();
  const ids = rows.map(({ id }) => id);
  const known = await readFilesGone(db, ids, files);
  return rows.map(({ id, committedAt, concepts }) => ({
    atMs: committedAt.getTime(),
    concepts: concepts.map(({ concept, ...figures }) => ({ id: concept, ...figures })),
    gone: Object.fromEntries(known.flatMap((row) => (row.id === id ? [[row.file, row.gone]] : []))),
  }));
}

async function readDays(db: Database, environment: string, nowMs: number): Promise<Evidence["days"]> {
  const today = Math.floor(nowMs / DAY_MS) * DAY_MS;
  const starts = Array.from({ length: DAYS }, (_, n) => today - (DAYS - 1 - n) * DAY_MS);
  const fromMs = today - (DAYS - 1) * DAY_MS;
  const grid = { bucketMs: DAY_MS, grain: "hour" as const, starts, fromMs, toMs: nowMs, spanMs: DAYS * DAY_MS };
  const [{ buckets }, leaks] = await Promise.all([
    readTallies(db, [environment], grid),
    readLeaksByDay(db, environment, starts),
  ]);
  return starts.map((atMs) => {
    const bucket = buckets.get(atMs);
    const delivery = [...(bucket?.named("delivery/") ?? [])].map(([type, counts]) => [
      type,
      {
        emitted: (counts.get("emitted") ?? 0) - (counts.get("excused") ?? 0),
        delivered: counts.get("delivered") ?? 0,
      },
    ]);
    return {
      ...{ atMs, good: bucket?.good ?? 0, bad: bucket?.bad ?? 0, leaks: leaks.get(atMs) ?? 0 },
      delivery: Object.fromEntries(delivery) as Evidence["days"][number]["delivery"],
    };
  });
}

async function readRuns({ prisma }: Database, environment: string, suite: string): Promise<Evidence["runs"][string]> {
  const rows = await prisma.testRun.findMany({
    where: { environment, suite },
    orderBy: [{ ranAt: "desc" }, { id: "desc" }],
    take: RUNS,
    select: { ranAt: true, tests: true, failures: true, errors: true, skipped: true },
  });
  return rows.reverse().flatMap(({ ranAt, ...counts }) => {
    const result = resultOf(counts);
    return result === "none" ? [] : [{ atMs: ranAt.getTime(), passed: result === "pass" }];
  });
}
