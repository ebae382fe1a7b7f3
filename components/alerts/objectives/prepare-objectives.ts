/** Objectives as they are shown: what is left, and what burns. Nothing counted reads "no data". */
import { counted, duration, figure, NO_DATA, percent } from "@/client/format";
import { objectiveMeaning, objectiveTitle, targetText } from "@/client/slo-words";
import type { BurnView, ObjectiveView, SloView } from "@/contracts/http";
import { isDelivery, type Objective } from "@/domain/slo/objectives";

export interface PreparedBurn {
  /** "1 h / 5 min" */
  windows: string;
  long: string;
  short: string;
  /** At which it fires; empty where it fires in another way. */
  fires: string;
  burning: boolean;
  /** Why a rate says nothing. */
  note: string | null;
}

export interface PreparedObjective {
  objective: Objective;
  title: string;
  meaning: string;
  target: string;
  ratio: string;
  /** "2 of 300 missed it in 30 days" */
  counted: string;
  /** Whether the target is kept; null = no data. */
  kept: boolean | null;
  budget: {
    text: string;
    /** 0 to 1, for the bar; null = no data. */
    left: number | null;
  };
  burn: PreparedBurn[];
}

export interface PreparedObjectives {
  promises: PreparedObjective[];
  deliveries: PreparedObjective[];
}

export function prepareObjectives(view: SloView): PreparedObjectives {
  const all = view.objectives.map((each) => prepareObjective(each, view));
  return {
    promises: all.filter(({ objective }) => !isDelivery(objective)),
    deliveries: all.filter(({ objective }) => isDelivery(objective)),
  };
}

function prepareObjective(view: ObjectiveView, slo: SloView): PreparedObjective {
  const { objective, target, good, total, ratio, budget, burn } = view;
  return {
    objective,
    title: objectiveTitle(objective),
    meaning: objectiveMeaning(objective, slo),
    target: targetText(target),
    ratio: ratio === null ? "no data" : percent(ratio, 3),
    counted:
      ratio === null ? "Nothing was counted in 30 days." : `${figure(total - good)} of ${figure(total)} missed it.`,
    kept: ratio === null ? null : ratio >= target,
    budget: { text: budgetText(budget.left), left: budget.left === null ? null : Math.max(0, budget.left) },
    burn: burn.map(prepareBurn),
  };
}

function budgetText(left: number | null): string {
  if (left === null) return "no data";
  if (left < 0) return `spent ${figure(Math.round((1 - left) * 100))} % of the budget`;
  return `${percent(left, 0)} of the budget left`;
}

function prepareBurn({ threshold, long, short }: BurnView): PreparedBurn {
  const enough = long.total >= long.minSample;
  const burns = (rate: number | null) => threshold !== null && rate !== null && rate >= threshold;
  return {
    windows: `${windowText(long.windowMs)} / ${windowText(short.windowMs)}`,
    long: rateText(long.rate),
    short: rateText(short.rate),
    fires: threshold === null ? "" : `${figure(threshold)} ×`,
    burning: enough && short.total >= short.minSample && burns(long.rate) && burns(short.rate),
    note: long.total === 0 || enough ? null : `only ${counted(long.total, "event")} of ${figure(long.minSample)}`,
  };
}

function rateText(rate: number | null): string {
  return rate === null ? NO_DATA : `${rate.toFixed(1)} ×`;
}

const DAY_MS = 86_400_000;

/** "5 min", "6 h", "3 d" */
function windowText(ms: number): string {
  if (ms >= 2 * DAY_MS) return `${ms / DAY_MS} d`;
  if (ms % 3_600_000 === 0) return `${ms / 3_600_000} h`;
  return ms % 60_000 === 0 ? `${ms / 60_000} min` : duration(ms);
}
