import { duration, figure, percent } from "@/client/format";
import type { Overview } from "@/contracts/http";
import type { ChartPoint, PreparedChart } from "./prepared-chart";

const NOTHING_FINISHED = "No journey finished in this time. Choose a longer time, or send a message through a source.";

/** Share of good among finished; null = nothing finished, never 100 %. */
export function ratioOf(good: number, bad: number): number | null {
  return good + bad === 0 ? null : good / (good + bad);
}

type Bucket = { at: string; good: number; bad: number; p95Ms: number | null };

function points(data: Overview, read: (bucket: Bucket, prefix: string) => Record<string, number | null>): ChartPoint[] {
  return data.series.map((bucket, index) => {
    const before = data.previous.series[index];
    return {
      atMs: Date.parse(bucket.at),
      values: { ...read(bucket, ""), ...(before ? read(before, "previous") : {}) },
    };
  });
}

function valuesOf(list: ChartPoint[]): number[] {
  return list.flatMap((point) => Object.values(point.values).filter((value) => value !== null));
}

/** Reliability of finished journeys over time. The axis starts at the lowest value, never above 90 %. */
export function prepareReliability(data: Overview): PreparedChart {
  const list = points(data, (bucket, prefix) => ({ [`${prefix}ratio`]: ratioOf(bucket.good, bucket.bad) }));
  const { ratio, target } = data.reliability;
  return {
    title: "Golden path reliability",
    value: percent(ratio),
    before: before(data.previous.ratio === null ? null : percent(data.previous.ratio)),
    tone: ratio === null ? null : ratio >= target ? "good" : "bad",
    points: list,
    series: [
      { key: "previousratio", label: "Period before", kind: "line", tone: "previous" },
      { key: "ratio", label: "Reliability", kind: "line", tone: "ink" },
    ],
    bucketMs: data.bucketMs,
    yDomain: [Math.min(0.9, Math.floor(Math.min(1, ...valuesOf(list)) * 10) / 10), 1],
    wholeY: false,
    formatY: (value) => percent(value, value > 0.9 && value < 1 ? 1 : 0),
    empty: ratio === null ? NOTHING_FINISHED : null,
  };
}

/** Finished journeys per bucket, failed ones apart. */
export function prepareVolume(data: Overview): PreparedChart {
  const { good, bad } = data.reliability;
  const list = points(
    data,
    (bucket, prefix): Record<string, number> =>
      prefix ? { previoustotal: total(bucket) } : { good: bucket.good, bad: bucket.bad },
  );
  const top = Math.max(1, ...data.series.map(total), ...data.previous.series.map(total));
  return {
    title: "Journeys finished",
    value: figure(good + bad),
    before: before(figure(data.previous.good + data.previous.bad)),
    tone: null,
    points: list,
    series: [
      { key: "good", label: "Succeeded or degraded", kind: "bar", tone: "good" },
      { key: "bad", label: "Failed", kind: "bar", tone: "bad" },
      { key: "previoustotal", label: "Period before", kind: "line", tone: "previous" },
    ],
    bucketMs: data.bucketMs,
    yDomain: [0, top],
    wholeY: true,
    formatY: figure,
    empty: good + bad === 0 ? NOTHING_FINISHED : null,
  };
}

function before(value: string | null): string {
  return value === null ? "no data in the period before" : `period before ${value}`;
}

function total(bucket: { good: number; bad: number }): number {
  return bucket.good + bucket.bad;
}

/** Received → response delivered, 95th percentile per bucket. */
export function prepareLatency(data: Overview): PreparedChart {
  const list = points(data, (bucket, prefix) => ({ [`${prefix}p95`]: bucket.p95Ms }));
  const p95Ms = data.latencyMs?.p95 ?? null;
  return {
    title: "Response time, p95",
    value: duration(p95Ms),
    before: before(data.previous.p95Ms === null ? null : duration(data.previous.p95Ms)),
    tone: null,
    points: list,
    series: [
      { key: "previousp95", label: "Period before", kind: "line", tone: "previous" },
      { key: "p95", label: "p95", kind: "line", tone: "accent" },
    ],
    bucketMs: data.bucketMs,
    yDomain: [0, Math.max(1, ...valuesOf(list)) * 1.05],
    wholeY: false,
    formatY: duration,
    empty: p95Ms === null ? "No answer was delivered in this time. Choose a longer time." : null,
  };
}
