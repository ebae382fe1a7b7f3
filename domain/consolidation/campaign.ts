/** One effort to consolidate, with criteria that evaluate themselves from evidence. */
import { assertNever } from "../assert-never";
import { CRITICAL_TYPES, type CriticalType } from "../telemetry/event";

export type Criterion =
  | { kind: "implementations"; concept: string; max: number }
  | { kind: "compliance"; concept: string; min: number }
  | { kind: "legacy_imports"; concept: string; max: number }
  | { kind: "file_gone"; file: string }
  | { kind: "reliability"; min: number }
  /** Without `types` each of the critical ones. */
  | { kind: "delivery"; min: number; types?: CriticalType[] | undefined }
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

/** Counters of one window of traffic that ends at `atMs`. */
export interface TrafficWindow {
  /** It overlaps the one before it: it says since when, and is no point of the trend. */
  between: boolean;
  fromMs: number;
  atMs: number;
  good: number;
  bad: number;
  /** By critical type, without what never reached a user who went away. */
  delivery: Record<string, { emitted: number; delivered: number }>;
  leaks: number;
}

export interface Evidence {
  /** Oldest first, by the times of their commits. `gone`: whether a file is not in the tree; absent = not known. */
  scans: {
    id: string;
    commit: string | null;
    atMs: number;
    concepts: ConceptEvidence[];
    gone: Record<string, boolean>;
  }[];
  /** Oldest first by their ends; the last one ends now. */
  windows: TrafficWindow[];
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

interface Point extends MeasuredPoint {
  between?: boolean;
}

export interface EvaluatedCriterion {
  criterion: Criterion;
  now: number | null;
  met: boolean | null;
  /** Since when that holds without a break; null = it was never measured. */
  sinceMs: number | null;
  trend: MeasuredPoint[];
}

/** A time without traffic that is as long as this breaks what held before it; a night does not. */
export const LONGEST_SILENCE_MS = 86_400_000;

/** Criteria that are measured in windows of traffic. */
export const isOfTraffic = ({ kind }: Criterion): boolean =>
  kind === "reliability" || kind === "delivery" || kind === "leaks";

export function evaluateCriterion(criterion: Criterion, evidence: Evidence): EvaluatedCriterion {
  const points = pointsOf(criterion, evidence);
  const last = points.at(-1);
  const met = last?.met ?? null;
  const silenceMs = isOfTraffic(criterion) ? LONGEST_SILENCE_MS : 0;
  return {
    criterion,
    now: last?.value ?? null,
    met,
    sinceMs: met === null ? null : heldSince(points, met, silenceMs),
    trend: points.filter(({ between }) => !between).map(({ atMs, value, met: then }) => ({ atMs, value, met: then })),
  };
}

/** The windows between which a criterion of the traffic turned to what it is; null where that is not known. */
export function turnOf(criterion: Criterion, evidence: Evidence): { afterMs: number; beforeMs: number } | null {
  const { sinceMs } = evaluateCriterion(criterion, evidence);
  if (sinceMs === null || !isOfTraffic(criterion)) return null;
  const before = evidence.windows.findLast(({ atMs }) => atMs < sinceMs);
  return before ? { afterMs: before.atMs, beforeMs: sinceMs } : null;
}

/** The first of the newest points that all say `met`; unmeasured ones between them count as nothing for so long. */
function heldSince(points: readonly MeasuredPoint[], met: boolean, silenceMs: number): number | null {
  let sinceMs: number | null = null;
  for (const point of [...points].reverse()) {
    if (point.met === null && sinceMs !== null && sinceMs - point.atMs < silenceMs) continue;
    if (point.met !== met) break;
    sinceMs = point.atMs;
  }
  return sinceMs;
}

/** A campaign is done when every criterion has been met for `holdMs` at least, without a break. */
export function isDone(criteria: readonly EvaluatedCriterion[], holdMs: number, nowMs: number): boolean {
  return (
    criteria.length > 0 &&
    criteria.every(({ met, sinceMs }) => met === true && sinceMs !== null && nowMs - sinceMs >= holdMs)
  );
}

function pointsOf(criterion: Criterion, { scans, windows, runs }: Evidence): Point[] {
  const ofScans = (measure: (scan: Evidence["scans"][number]) => number | null, meets: (value: number) => boolean) =>
    scans.map((scan) => point(scan.atMs, measure(scan), meets));
  const ofConcept = (id: string, measure: (concept: ConceptEvidence) => number | null) => {
    return (scan: Evidence["scans"][number]) => {
      const concept = scan.concepts.find((one) => one.id === id);
      return concept ? measure(concept) : null;
    };
  };
  const ofTraffic = (measure: (window: TrafficWindow) => number | null, meets: (value: number) => boolean) =>
    windows.map((window) => ({ ...point(window.atMs, measure(window), meets), between: window.between }));
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
      return ofTraffic(
        ({ good, bad }) => (good + bad === 0 ? null : good / (good + bad)),
        (ratio) => ratio >= criterion.min,
      );
    case "delivery":
      return windows.map((window) => deliveryOf(window, criterion));
    case "leaks":
      return ofTraffic(
        // Without a finished journey nothing is known of leaks either.
        (window) => (window.leaks === 0 && window.good + window.bad === 0 ? null : window.leaks),
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

/**
 * The share of the type that fares worst. One type that falls short is enough to miss; that all are delivered is known
 * only where each of them was emitted.
 */
function deliveryOf(
  { atMs, delivery, between }: TrafficWindow,
  { min, types }: Extract<Criterion, { kind: "delivery" }>,
): Point {
  const wanted = types ?? CRITICAL_TYPES;
  const ratios = wanted.flatMap((type) => {
    const { emitted, delivered } = delivery[type] ?? { emitted: 0, delivered: 0 };
    return emitted === 0 ? [] : [delivered / emitted];
  });
  if (ratios.length === 0) return { atMs, value: null, met: null, between };
  const value = Math.min(...ratios);
  return { atMs, value, met: value < min ? false : ratios.length === wanted.length ? true : null, between };
}

function point(atMs: number, value: number | null, meets: (value: number) => boolean): MeasuredPoint {
  return { atMs, value, met: value === null ? null : meets(value) };
}
