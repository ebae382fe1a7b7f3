import type { PreparedChart } from "./prepared-chart";

/** The chart without the period before. Its axes stay as they are, so that nothing jumps. */
export function withoutPrevious(chart: PreparedChart): PreparedChart {
  return { ...chart, before: null, series: chart.series.filter((series) => series.tone !== "previous") };
}
