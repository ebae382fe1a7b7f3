import { figure } from "@/client/format";
import type { IncidentSummary } from "@/contracts/http";
import type { PreparedChart } from "../charts/prepared-chart";

/** Occurrences over time: every bucket between the first and the last is there, and 0 is none. */
export function prepareOccurrences({ facts }: Pick<IncidentSummary, "facts">): PreparedChart {
  const points = facts.series.map(({ at, occurrences }) => ({ atMs: Date.parse(at), values: { occurrences } }));
  return {
    title: "Occurrences over time",
    value: figure(facts.counted),
    before: facts.omitted > 0 ? `the newest of ${figure(facts.counted + facts.omitted)}` : null,
    tone: null,
    points,
    series: [{ key: "occurrences", label: "Occurrences", kind: "bar", tone: "bad" }],
    bucketMs: facts.bucketMs,
    yDomain: [0, Math.max(1, ...points.map(({ values }) => values.occurrences))],
    wholeY: true,
    formatY: figure,
    empty: points.length === 0 ? "No occurrence stands: later telemetry disproved them all." : null,
  };
}
