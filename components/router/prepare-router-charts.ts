import { counted, duration, figure, percent } from "@/client/format";
import type { RouterDetail } from "@/contracts/http";
import type { ChartPoint, ChartSeries, PreparedChart } from "../charts/prepared-chart";
import { ratio } from "../routers/prepare-routers";
import { seriesHues } from "../routers/series-hues";

const SILENT = "The router handled no message in this time. Choose a longer time.";
const PREVIOUS = { label: "Period before", kind: "line", tone: "previous" } as const;

type Bucket = RouterDetail["series"][number];
type BucketBefore = RouterDetail["previous"]["series"][number];

function pointsOf(
  { series, previous }: RouterDetail,
  now: (bucket: Bucket) => Record<string, number | null>,
  before: (bucket: BucketBefore) => Record<string, number | null>,
): ChartPoint[] {
  return series.map((bucket, i) => {
    const earlier = previous.series[i];
    return { atMs: Date.parse(bucket.at), values: { ...now(bucket), ...(earlier ? before(earlier) : {}) } };
  });
}

/** Messages over time, those that failed apart. */
export function prepareMessages(data: RouterDetail): PreparedChart {
  const { messages } = data.router;
  return {
    title: "Messages",
    value: figure(messages),
    before: `period before ${figure(data.previous.messages)}`,
    tone: null,
    points: pointsOf(
      data,
      (bucket) => ({ ok: bucket.messages - bucket.errors, failed: bucket.errors }),
      (bucket) => ({ previous: bucket.messages }),
    ),
    series: [
      { key: "ok", label: "Handled", kind: "bar", tone: "good" },
      { key: "failed", label: "Failed or dropped", kind: "bar", tone: "bad" },
      { key: "previous", ...PREVIOUS },
    ],
    bucketMs: data.bucketMs,
    yDomain: [0, highest([...data.series, ...data.previous.series].map((bucket) => bucket.messages))],
    wholeY: true,
    formatY: figure,
    empty: messages === 0 ? SILENT : null,
  };
}

/** Errors over time by the most frequent codes; the others together. */
export function prepareErrors(data: RouterDetail): PreparedChart {
  const { messages, errors } = data.router;
  const codes = data.codes.items.slice(0, data.series[0]?.errorsByCode.length ?? 0).map(({ code }) => code);
  const hueOf = seriesHues(codes);
  const others = data.codes.items.length + data.codes.omitted - codes.length;
  const byCode = codes.map((code, i): ChartSeries => ({ key: `c${i}`, label: code, kind: "bar", tone: hueOf(code) }));
  const rest: ChartSeries[] =
    others > 0 ? [{ key: "others", label: counted(others, "other code"), kind: "bar", tone: "rest" }] : [];
  const share = ratio(errors, messages);
  const shareBefore = ratio(data.previous.errors, data.previous.messages);
  return {
    title: "Errors by code",
    value: share === null ? "–" : `${figure(errors)} (${percent(share, 1)})`,
    before: `period before ${shareBefore === null ? "no data" : `${figure(data.previous.errors)} (${percent(shareBefore, 1)})`}`,
    tone: errors > 0 ? "bad" : null,
    points: pointsOf(
      data,
      (bucket) => ({
        ...Object.fromEntries(bucket.errorsByCode.map((n, i) => [`c${i}`, n])),
        others: bucket.errors - bucket.errorsByCode.reduce((sum, n) => sum + n, 0),
      }),
      (bucket) => ({ previous: bucket.errors }),
    ),
    series: [...byCode, ...rest, { key: "previous", ...PREVIOUS }],
    legend: true,
    bucketMs: data.bucketMs,
    yDomain: [0, highest([...data.series, ...data.previous.series].map((bucket) => bucket.errors))],
    wholeY: true,
    formatY: figure,
    empty: messages === 0 ? SILENT : errors === 0 ? `None of ${counted(messages, "message")} failed.` : null,
  };
}

/** How long routing took, p50 and p95 per bucket. */
export function prepareLatency(data: RouterDetail): PreparedChart {
  const p95Ms = data.router.latencyMs?.p95 ?? null;
  const before = data.previous.latencyMs;
  const values = [...data.series, ...data.previous.series].flatMap((bucket) => [bucket.p50Ms, bucket.p95Ms]);
  return {
    title: "Routing time, p95",
    value: duration(p95Ms),
    before: before === null ? "no data in the period before" : `period before ${duration(before.p95)}`,
    tone: null,
    points: pointsOf(
      data,
      (bucket) => ({ p50: bucket.p50Ms, p95: bucket.p95Ms }),
      (bucket) => ({ previous: bucket.p95Ms }),
    ),
    series: [
      { key: "previous", ...PREVIOUS, label: "p95, period before" },
      { key: "p50", label: "p50", kind: "line", tone: "ink" },
      { key: "p95", label: "p95", kind: "line", tone: "accent" },
    ],
    legend: true,
    bucketMs: data.bucketMs,
    yDomain: [0, highest(values.map((value) => value ?? 0)) * 1.05],
    wholeY: false,
    formatY: duration,
    empty: p95Ms === null ? "How long routing took was not seen in this time." : null,
  };
}

function highest(values: readonly number[]): number {
  return Math.max(1, ...values);
}
