import { counted, figure, outOf, percent } from "@/client/format";
import type { RouterList } from "@/contracts/http";
import type { ChartSeries, Hue, PreparedChart } from "../charts/prepared-chart";
import { ratio } from "./prepare-routers";
import { seriesHues } from "./series-hues";

const OTHERS = "others";

/** Messages over time and failed ones beside them; a router has one colour in both. */
export function prepareRoutersCharts(data: RouterList): { messages: PreparedChart; failed: PreparedChart } {
  const hueOf = seriesHues([...data.series.routers, ...data.failed.routers]);
  const { totals } = data;
  const failedShare = ratio(totals.errors, totals.messages);
  return {
    messages: stacked(data, data.series, hueOf, {
      title: "Messages by router",
      value: figure(totals.messages),
      tone: null,
      omitted: Math.max(0, totals.routers - data.series.routers.length),
      empty: totals.messages === 0 ? "No router handled a message in this time. Choose a longer time." : null,
    }),
    failed: stacked(data, data.failed, hueOf, {
      title: "Failed or dropped by router",
      value: failedShare === null ? "–" : `${figure(totals.errors)} (${percent(failedShare, 1)})`,
      tone: totals.errors > 0 ? "bad" : null,
      omitted: Math.max(0, totals.failing - data.failed.routers.length),
      empty:
        totals.errors === 0
          ? totals.messages === 0
            ? "No message, so none that failed."
            : `None of ${counted(totals.messages, "message")} failed or was dropped.`
          : null,
    }),
  };
}

interface Words extends Pick<PreparedChart, "title" | "value" | "tone" | "empty"> {
  /** Routers that are drawn together. */
  omitted: number;
}

function stacked(
  { bucketMs }: RouterList,
  { routers, points }: RouterList["series"],
  hueOf: (name: string) => Hue,
  { omitted, ...words }: Words,
): PreparedChart {
  const series: ChartSeries[] = routers.map((router, i) => ({
    key: `r${i}`,
    label: router,
    kind: "bar",
    tone: hueOf(router),
  }));
  if (omitted > 0) {
    const label = `${counted(omitted, "other router")} (${outOf(routers.length, omitted)} drawn apart)`;
    series.push({ key: OTHERS, label, kind: "bar", tone: "rest" });
  }
  const totals = points.map(({ messages, others }) => messages.reduce((sum, n) => sum + n, others));
  return {
    ...words,
    before: null,
    points: points.map(({ at, messages, others }) => ({
      atMs: Date.parse(at),
      values: Object.fromEntries([...messages.map((n, i) => [`r${i}`, n] as const), [OTHERS, others]]),
    })),
    series,
    legend: true,
    bucketMs,
    yDomain: [0, Math.max(1, ...totals)],
    wholeY: true,
    formatY: figure,
  };
}
