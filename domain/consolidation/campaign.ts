/** One effort to consolidate, with criteria that evaluate themselves from evidence. */
import { assertNever } from "../assert-never";

export type Criterion =
  | { kind: "implementations"; concept: string; max: number }
  | { kind: "compliance"; concept: string; min: number }
  | { kind: "legacy_imports"; concept: string; max: number }
  | { kind: "file_gone"; file: string }
  | { kind: "reliability"; min: number }
  | { kind: "delivery"; min: number }
  | { kind: "leaks"; max: number }
  | { kind: "suite"; suite: string };

/** One concept in a scan. */
export interface ConceptEvidence {
  id: string;
  count: number;
  canonical: number;
  total: number;
  legacy: number;
}

export interface Evidence {
  /** Oldest first, by the times of their commits. `gone`: whether a file is not in the tree; absent = not known. */
  scans: { atMs: number; concepts: ConceptEvidence[]; gone: Record<string, boolean> }[];
  /** Stretches of 24 h, oldest first, each up to `atMs`. */
  days: {
    atMs: number;
    good: number;
    bad: number;
    /** By critical type, without what never reached a user who went away. */
    delivery: Record<string, { emitted: number; delivered: number }>;
    leaks: number;
  }[];
  /** Runs of each suite, oldest first; one in which nothing ran is left out. */
  runs: Record<string, { atMs: number; passed: boolean }[]>;
}

export interface MeasuredPoint {
  atMs: number;
  /** null = not measured then. */
  value: number | null;
  /** null = nothing is known. */
  met: boolean | null;
}

export interface EvaluatedCriterion {
  criterion: Criterion;
  now: number | null;
  met: boolean | null;
  /** Since when that holds without a break; null = it was never measured. */
  sinceMs: number | null;
  trend: MeasuredPoint[];
}

/** Days without any finished journey say nothing about leaks either. */
type Day = Evidence["days"][number];

export function evaluateCriterion(criterion: Criterion, evidence: Evidence): EvaluatedCriterion {
  const trend = trendOf(criterion, evidence);
  const last = trend.at(-1);
  const met = last?.met ?? null;
  let sinceMs: number | null = null;
  for (const point of [...trend].reverse()) {
    if (point.met !== met) break;
    sinceMs = point.atMs;
  }
  return { criterion, now: last?.value ?? null, met, sinceMs: met === null ? null : sinceMs, trend };
}

/** A campaign is done when every criterion has been met for `holdMs` at least, without a break. */
export function isDone(criteria: readonly EvaluatedCriterion[], holdMs: number, nowMs: number): boolean {
  return (
    criteria.length > 0 &&
    criteria.every(({ met, sinceMs }) => met === true && sinceMs !== null && nowMs - sinceMs >= holdMs)
  );
}

function trendOf(criterion: Criterion, { scans, days, runs }: Evidence): MeasuredPoint[] {
  const ofScans = (measure: (scan: Evidence["scans"][number]) => number | null, meets: (value: number) => boolean) =>
    scans.map((scan) => point(scan.atMs, measure(scan), meets));
  const ofConcept = (id: string, measure: (concept: ConceptEvidence) => number | null) => {
    return (scan: Evidence["scans"][number]) => {
      const concept = scan.concepts.find((one) => one.id === id);
      return concept ? measure(concept) : null;
    };
  };
  const ofDays = (measure: (day: Day) => number | null, meets: (value: number) => boolean) =>
    days.map((day) => point(day.atMs, measure(day), meets));
  switch (criterion.kind) {
    case "implementations":
      return ofScans(
        ofConcept(criterion.concept, ({ count }) => count),
        (count) => count <= criterion.max,
      );
    case "compliance":
      return ofScans(
        ofConcept(criterion.concept, ({ canonical, total }) => (total === 0 ? null : canonical / total)),
        (ratio) => ratio >= criterion.min,
      );
    case "legacy_imports":
      return ofScans(
        ofConcept(criterion.concept, ({ legacy }) => legacy),
        (files) => files <= criterion.max,
      );
    case "file_gone":
      return ofScans(
        ({ gone }) => (gone[criterion.file] === undefined ? null : Number(!gone[criterion.file])),
        (files) => files === 0,
      );
    case "reliability":
      return ofDays(
        ({ good, bad }) => (good + bad === 0 ? null : good / (good + bad)),
        (ratio) => ratio >= criterion.min,
      );
    case "delivery":
      return ofDays(leastDelivered, (ratio) => ratio >= criterion.min);
    case "leaks":
      return ofDays(
        (day) => (day.leaks === 0 && day.good + day.bad === 0 ? null : day.leaks),
        (leaks) => leaks <= criterion.max,
      );
    case "suite":
      return (runs[criterion.suite] ?? []).map(({ atMs, passed }) =>
        point(atMs, Number(passed), (value) => value === 1),
      );
    default:
      return assertNever(criterion);
  }
}

/** The share of the type that fares worst; null when nothing was emitted. */
function leastDelivered({ delivery }: Day): number | null {
  const ratios = Object.values(delivery).flatMap(({ emitted, delivered }) =>
    emitted === 0 ? [] : delivered / emitted,
  );
  return ratios.length === 0 ? null : Math.min(...ratios);
}

function point(atMs: number, value: number | null, meets: (value: number) => boolean): MeasuredPoint {
  return { atMs, value, met: value === null ? null : meets(value) };
}
