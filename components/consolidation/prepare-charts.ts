import { figure, percent } from "@/client/format";
import type { Consolidation } from "@/contracts/http";
import { HUES, type PreparedChart } from "../charts/prepared-chart";

const LEAST_RATIO_SPAN = 0.1;
/** Steps between the ticks of an axis of counts. */
const TICKS = 4;

/** Implementations of each concept at the commits that were scanned. Nothing is carried from one commit to the next. */
export function prepareImplementations(view: Consolidation): PreparedChart {
  const concepts = [...new Set(view.trend.flatMap((scan) => scan.concepts.map(({ id }) => id)))].sort();
  const points = view.trend.map(({ committedAt, concepts: found }) => ({
    atMs: Date.parse(committedAt),
    values: Object.fromEntries(concepts.map((id) => [id, found.find((one) => one.id === id)?.count ?? null])),
  }));
  const now = view.newest?.concepts.reduce((sum, { count }) => sum + count, 0) ?? null;
  const met = view.newest?.concepts.every(({ count, target }) => count <= target) ?? null;
  return {
    ...overCommits(view, points),
    title: "Implementations over the commits",
    value: now === null ? "–" : figure(now),
    before: view.trendOmitted > 0 ? `the newest ${figure(points.length)} scans` : null,
    tone: met === null ? null : met ? "good" : "bad",
    series: concepts.map((id, n) => ({ key: id, label: id, kind: "line", tone: HUES[n % HUES.length] ?? "ink" })),
  };
}

/** Of one concept the files that use only the canonical path, and all that use it; a gap where no file does. */
export function prepareCompliance(view: Consolidation, concept: string): PreparedChart {
  const points = view.trend.map(({ committedAt, concepts }) => {
    const found = concepts.find(({ id }) => id === concept)?.compliance;
    const { canonical, total } = found && found.total > 0 ? found : { canonical: null, total: null };
    return { atMs: Date.parse(committedAt), values: { canonical, total } };
  });
  const now = view.newest?.concepts.find(({ id }) => id === concept)?.compliance;
  const known = now && now.total > 0 ? now : null;
  return {
    ...overCommits(view, points),
    title: "Compliance over the commits",
    value: percent(known?.ratio ?? null, 1),
    before: known && `${figure(known.canonical)} of ${figure(known.total)} files that use ${concept}`,
    tone: null,
    series: [
      { key: "total", label: "files that use it", kind: "line", tone: "rest" },
      { key: "canonical", label: "by the canonical path only", kind: "line", tone: "good" },
    ],
    empty: points.every(({ values }) => values.total === null) ? "No file uses it in any commit of this time." : null,
  };
}

/** Files of which nothing is known; null where every commit was analysed in full. */
export function prepareNotAnalysed(view: Consolidation): PreparedChart | null {
  const points = view.trend.map(({ committedAt, notAnalysed }) => ({
    ...{ atMs: Date.parse(committedAt), values: { notAnalysed } },
  }));
  if (points.every(({ values }) => values.notAnalysed === 0)) return null;
  return {
    ...overCommits(view, points),
    title: "Files not analysed over the commits",
    value: figure(view.newest?.notAnalysed ?? 0),
    before: "they count as neither clean nor old",
    tone: view.newest && view.newest.notAnalysed > 0 ? "bad" : null,
    series: [{ key: "notAnalysed", label: "files not analysed", kind: "line", tone: "bad" }],
  };
}

/** Reliability on the same axis; a line where a commit was scanned, and one where a leak was first seen. */
export function prepareReliability(view: Consolidation): PreparedChart {
  const points = view.reliability.map(({ at, ratio }) => ({ atMs: Date.parse(at), values: { ratio } }));
  const ratios = points.flatMap(({ values }) => values.ratio ?? []);
  const good = view.reliability.reduce((sum, bucket) => sum + bucket.good, 0);
  const all = view.reliability.reduce((sum, bucket) => sum + bucket.good + bucket.bad, 0);
  const ratio = all === 0 ? null : good / all;
  return {
    title: "Reliability in the same time",
    value: percent(ratio),
    before: `target ${percent(view.reliabilityTarget)}`,
    tone: ratio === null ? null : ratio >= view.reliabilityTarget ? "good" : "bad",
    points,
    series: [{ key: "ratio", label: "reliability", kind: "line", tone: "ink" }],
    legend: true,
    axis: axisOf(view),
    marks: [
      ...view.trend.map(({ committedAt }) => ({
        ...{ atMs: Date.parse(committedAt), tone: "accent" as const, label: "a commit was scanned" },
      })),
      ...view.incidents.items.map(({ firstSeenAt }) => ({
        ...{ atMs: Date.parse(firstSeenAt), tone: "bad" as const, label: "an incident began" },
      })),
    ],
    bucketMs: view.bucketMs,
    yDomain: [Math.max(0, Math.min(1 - LEAST_RATIO_SPAN, ...ratios)), 1],
    wholeY: false,
    formatY: (value) => percent(value, 1),
    empty: ratios.length === 0 ? "No journey of this time was judged." : null,
  };
}

/** What charts of counts at commits have in common. */
function overCommits(view: Consolidation, points: PreparedChart["points"]) {
  const most = Math.max(1, ...points.flatMap(({ values }) => Object.values(values).map((count) => count ?? 0)));
  return {
    points,
    legend: true,
    axis: axisOf(view),
    bucketMs: view.bucketMs,
    yDomain: [0, most <= TICKS ? most : Math.ceil(most / TICKS) * TICKS],
    wholeY: true,
    formatY: figure,
    empty: points.length === 0 ? "No commit of this time was scanned." : null,
  } satisfies Partial<PreparedChart>;
}

function axisOf({ from, to }: Consolidation) {
  return { fromMs: Date.parse(from), toMs: Date.parse(to) };
}
