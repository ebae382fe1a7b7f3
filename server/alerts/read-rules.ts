/** What every rule but that of incidents sees now, in each environment: a few queries for all of them. */
import type { Reading } from "@/domain/alerts/reading";
import { readBurnRate } from "@/domain/alerts/readings/burn-rate";
import { type ConflictCounts, type ConflictInput, readConflicts } from "@/domain/alerts/readings/conflicts";
import { readDelivery } from "@/domain/alerts/readings/delivery";
import { readJudgeLag, UNJUDGED_MS } from "@/domain/alerts/readings/judge-lag";
import { readSource, type SourceInput } from "@/domain/alerts/readings/source";
import { readTraffic } from "@/domain/alerts/readings/traffic";
import { readWatchdog } from "@/domain/alerts/readings/watchdog";
import type { AlertRuleId, RuleSettings } from "@/domain/alerts/rules";
import { policyAt } from "@/domain/journeys/policy-timeline";
import { BURN_WINDOWS } from "@/domain/slo/burn-rate";
import {
  conflictWindows,
  DELIVERY_MS,
  EARLIER_MS,
  earlierName,
  lastName,
  ruleWindows,
  trafficFromMs,
  type Window,
} from "@/domain/slo/count-windows";
import {
  countsOf,
  DELIVERIES,
  isDelivery,
  type Metrics,
  OBJECTIVES,
  type OwnTargets,
  targetOf,
} from "@/domain/slo/objectives";
import { readConflictCounts, readCountedSince, readJudgeLags } from "@/server/storage/alerts/rule-inputs";
import { ruleSettings } from "@/server/storage/alerts/rule-state";
import { readTargets } from "@/server/storage/alerts/slo-targets";
import type { Database } from "@/server/storage/database";
import type { PolicyBook } from "@/server/storage/judging/policy-book";
import { autoCommit } from "@/server/storage/judging/transaction";
import { readSloCounts } from "@/server/storage/reading/slo-counts";

/** What a rule sees, by the rule. */
export type Seen = Map<AlertRuleId, readonly Reading[]>;

export interface RuleReader {
  read(environments: readonly string[], nowMs: number): Promise<Map<string, Seen>>;
}

export function createRuleReader(db: Database, policies: PolicyBook): RuleReader {
  const { pool } = db;
  return {
    async read(environments, nowMs) {
      const [counts, countedSince, conflicts, lags, sources, targets, settings, timelines] = await Promise.all([
        readSloCounts(pool, environments, ruleWindows(nowMs)),
        readCountedSince(pool, environments),
        readConflictCounts(pool, environments, conflictWindows(nowMs)),
        readJudgeLags(pool),
        readSources(db, environments),
        readTargets(pool, environments),
        ruleSettings(pool, environments),
        policies.renewed(autoCommit(pool)),
      ]);
      const seen = new Map<string, Seen>();
      for (const environment of environments) {
        const lagMs = lags(environment);
        seen.set(
          environment,
          seenIn({
            ...{ environment, nowMs, lagMs, unjudged: lagMs >= UNJUDGED_MS },
            targets: targets(environment).targets,
            settingsOf: (rule) => settings(environment, rule),
            slowResponseMs: policyAt(timelines.timelineOf(environment), nowMs).slowResponseMs,
            metrics: (window) => counts(environment, window),
            countedSinceMs: countedSince.get(environment) ?? null,
            conflicts: (window) => conflicts(environment, window),
            sources: sources.get(environment) ?? [],
          }),
        );
      }
      return seen;
    },
  };
}

interface Inputs {
  environment: string;
  nowMs: number;
  lagMs: number;
  unjudged: boolean;
  targets: OwnTargets;
  settingsOf: (rule: AlertRuleId) => RuleSettings;
  slowResponseMs: number;
  metrics: (window: string) => Metrics;
  /** null where nothing was counted yet. */
  countedSinceMs: number | null;
  conflicts: (window: string) => ConflictCounts;
  sources: readonly SourceInput[];
}

function seenIn(inputs: Inputs): Seen {
  const { environment, nowMs, lagMs, unjudged, settingsOf, metrics, sources } = inputs;
  const context = (rule: AlertRuleId) => ({ environment, unjudged, nowMs, settings: settingsOf(rule) });
  const startedAgo = (agoMs: number) => startedIn(metrics(earlierName(agoMs)));
  const earlier = EARLIER_MS.map((agoMs) =>
    isCounted(inputs, trafficFromMs(agoMs, nowMs)) ? startedAgo(agoMs) : null,
  );
  return new Map<AlertRuleId, readonly Reading[]>([
    ["watchdog", [readWatchdog(environment)]],
    ...BURN_WINDOWS.map((windows) => [windows.rule, burnReadings(windows, inputs)] as const),
    ["delivery_under_target", deliveryReadings(inputs)],
    ["router_conflicts", [readConflicts(conflictsIn(inputs), context("router_conflicts"))]],
    ["source_silent", sources.map((source) => readSource(source, context("source_silent")))],
    ["traffic_drop", [readTraffic({ requests: startedAgo(0), earlier }, context("traffic_drop"))]],
    ["judge_lag", [readJudgeLag(lagMs, context("judge_lag"))]],
  ]);
}

function isCounted({ countedSinceMs }: Inputs, fromMs: number): boolean {
  return countedSinceMs !== null && fromMs >= countedSinceMs;
}

function conflictsIn(inputs: Inputs): ConflictInput {
  const [now, before] = conflictWindows(inputs.nowMs);
  const countedIn = ({ name }: Window) => ({ ...inputs.conflicts(name), journeys: startedIn(inputs.metrics(name)) });
  return { recent: countedIn(now), earlier: isCounted(inputs, before.fromMs) ? countedIn(before) : null };
}

/** Deliveries have a rule of their own. */
function burnReadings({ rule, longMs, shortMs }: (typeof BURN_WINDOWS)[number], inputs: Inputs): Reading[] {
  const { environment, unjudged, targets, settingsOf, slowResponseMs, metrics } = inputs;
  const context = { rule, environment, unjudged, settings: settingsOf(rule) };
  return OBJECTIVES.filter((objective) => !isDelivery(objective)).map((objective) => {
    const counted = (lengthMs: number) => countsOf(objective, metrics(lastName(lengthMs)), slowResponseMs);
    const [long, short] = [counted(longMs), counted(shortMs)];
    return readBurnRate({ objective, target: targetOf(objective, targets), long, short }, context);
  });
}

function deliveryReadings({ environment, unjudged, targets, settingsOf, slowResponseMs, metrics }: Inputs): Reading[] {
  const context = { environment, unjudged, settings: settingsOf("delivery_under_target") };
  return DELIVERIES.map((objective) => {
    const counts = countsOf(objective, metrics(lastName(DELIVERY_MS)), slowResponseMs);
    return readDelivery({ objective, target: targetOf(objective, targets), counts }, context);
  });
}

/** Journeys that began, whatever became of them. */
function startedIn(metrics: Metrics): number {
  let started = 0;
  for (const [metric, n] of metrics) if (metric.startsWith("status/")) started += n;
  return Math.max(0, started);
}

const PUSHED = "push";
/** Of one environment. */
const MAX_SOURCES = 500;

/** One that was taken out of the configuration is not expected to be heard. */
async function readSources({ prisma }: Database, environments: readonly string[]): Promise<Map<string, SourceInput[]>> {
  const found = new Map<string, SourceInput[]>();
  for (const environment of environments) {
    const rows = await prisma.source.findMany({
      where: { environment, OR: [{ url: PUSHED }, { state: { not: "stopped" } }] },
      orderBy: { id: "asc" },
      take: MAX_SOURCES,
    });
    const sources = rows.map(({ id, url, lastReceivedAt, connectedSince, disconnectedSince }) => {
      const last = lastReceivedAt ?? connectedSince ?? disconnectedSince;
      return { id, pushes: url === PUSHED, lastMs: last?.getTime() ?? null };
    });
    found.set(environment, sources);
  }
  return found;
}
