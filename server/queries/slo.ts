/** Objectives of an environment: their budgets of 30 days and the rates at which these burn. */
import type { JudgedState } from "@/contracts/http";
import type { BurnView, ObjectiveView, SloView } from "@/contracts/slo";
import type { AlertRuleId, RuleSettings } from "@/domain/alerts/rules";
import { policyAt } from "@/domain/journeys/policy-timeline";
import { BUDGET_MS, BURN_WINDOWS, budgetOf, burnRate, ratioOf, shortSample } from "@/domain/slo/burn-rate";
import { budgetWindow, burnWindows, lastName } from "@/domain/slo/count-windows";
import {
  CONNECTION_TIME_MS,
  countsOf,
  defaultTarget,
  isDelivery,
  type Metrics,
  OBJECTIVES,
  type Objective,
  targetOf,
} from "@/domain/slo/objectives";
import { ruleSettings } from "@/server/storage/alerts/rule-state";
import { readTargets } from "@/server/storage/alerts/slo-targets";
import type { Database } from "@/server/storage/database";
import type { PolicyBook } from "@/server/storage/judging/policy-book";
import { autoCommit } from "@/server/storage/judging/transaction";
import { readSloCounts } from "@/server/storage/reading/slo-counts";
import { isoOf } from "./alerts/alert-row";
import { iso } from "./iso";
import { remembered } from "./remembered";

/** Sums of 30 days move slowly, and are the largest there are. */
const BUDGET_FOR_MS = 60_000;

interface SloDeps {
  db: Database;
  policies: PolicyBook;
  nowMs: () => number;
}

/** What was counted in 30 days is up to a minute old. */
export function createSloQuery({ db, policies, nowMs }: SloDeps) {
  const { pool } = db;
  const month = remembered(BUDGET_FOR_MS, nowMs, async (environment = "") => {
    const counts = await readSloCounts(pool, [environment], budgetWindow(nowMs()));
    return counts(environment, lastName(BUDGET_MS));
  });
  return async (environment: string, judged: JudgedState): Promise<SloView> => {
    const atMs = nowMs();
    const [budgeted, counts, targets, settings, timelines] = await Promise.all([
      month(environment),
      readSloCounts(pool, [environment], burnWindows(atMs)),
      readTargets(pool, [environment]),
      ruleSettings(pool, [environment]),
      policies.renewed(autoCommit(pool)),
    ]);
    const stored = targets(environment);
    const { slowResponseMs } = policyAt(timelines.timelineOf(environment), atMs);
    const inLast = (lengthMs: number) => counts(environment, lastName(lengthMs));
    const objectives = OBJECTIVES.map((objective): ObjectiveView => {
      const target = targetOf(objective, stored.targets);
      const counted = countsOf(objective, budgeted, slowResponseMs);
      return {
        ...{ objective, target, defaultTarget: defaultTarget(objective), ...counted, ratio: ratioOf(counted) },
        budget: budgetOf(counted, target),
        burn: burnViews({ objective, target, slowResponseMs, inLast, settings: (rule) => settings(environment, rule) }),
      };
    });
    return {
      ...{ environment, at: iso(atMs), budgetMs: BUDGET_MS, slowResponseMs, connectionTimeMs: CONNECTION_TIME_MS },
      ...{ objectives, judged, revision: stored.revision, changedBy: stored.changedBy },
      changedAt: isoOf(stored.changedAtMs),
    };
  };
}

interface BurnInputs {
  objective: Objective;
  target: number;
  slowResponseMs: number;
  inLast: (lengthMs: number) => Metrics;
  settings: (rule: AlertRuleId) => RuleSettings;
}

function burnViews({ objective, target, slowResponseMs, inLast, settings }: BurnInputs): BurnView[] {
  return BURN_WINDOWS.map(({ rule, longMs, shortMs }) => {
    const { threshold, minSample } = settings(rule);
    const side = (windowMs: number, least: number) => {
      const counted = countsOf(objective, inLast(windowMs), slowResponseMs);
      return { windowMs, ...counted, rate: burnRate(counted, target), minSample: least };
    };
    const least = minSample ?? 0;
    return {
      rule,
      threshold: isDelivery(objective) ? null : threshold,
      long: side(longMs, least),
      short: side(shortMs, shortSample(least)),
    };
  });
}
