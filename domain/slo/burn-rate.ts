/**
 * Error budgets and the rates at which they burn, after the SRE workbook's "Alerting on SLOs". Nothing counted is no
 * data: neither healthy nor broken.
 */
import type { AlertRuleId } from "../alerts/rules";
import type { Counts } from "./objectives";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Budgets are of this long. */
export const BUDGET_MS = 30 * DAY_MS;

/** Both windows of a rule must burn; the short one lets an alert end soon after the burning did. */
export const BURN_WINDOWS = [
  { rule: "burn_rate_fast", longMs: HOUR_MS, shortMs: 5 * MINUTE_MS },
  { rule: "burn_rate_slow", longMs: 6 * HOUR_MS, shortMs: 30 * MINUTE_MS },
  { rule: "burn_rate_ticket", longMs: 3 * DAY_MS, shortMs: 6 * HOUR_MS },
] as const satisfies readonly { rule: AlertRuleId; longMs: number; shortMs: number }[];
export type BurnRule = (typeof BURN_WINDOWS)[number]["rule"];

/** Share that was good; null where nothing was counted. */
export function ratioOf({ good, total }: Counts): number | null {
  return total > 0 ? good / total : null;
}

/** How many times faster than allowed the budget goes: 1 spends a month's budget in a month. null = no data. */
export function burnRate(counts: Counts, target: number): number | null {
  const ratio = ratioOf(counts);
  return ratio === null ? null : rounded((1 - ratio) / (1 - target));
}

export interface Budget {
  /** So many may fail. */
  allowed: number;
  failed: number;
  /** Share of the budget that is left, below 0 where more failed than may; null = no data. */
  left: number | null;
}

export function budgetOf(counts: Counts, target: number): Budget {
  const failed = counts.total - counts.good;
  const allowed = rounded(counts.total * (1 - target));
  return { allowed, failed, left: counts.total === 0 ? null : rounded(1 - failed / allowed) };
}

/** The least that a short window must hold: as much for its length as the long one. */
export function shortSample(minSample: number): number {
  return Math.max(1, Math.ceil(minSample / 12));
}

/** Differences of shares near 1 carry noise in their last digits. */
function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
