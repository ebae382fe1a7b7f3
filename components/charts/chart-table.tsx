import { axisTime, fullUtc, NO_DATA, type Zone } from "@/client/format";
import { cn } from "../ui/cn";
import type { PreparedChart } from "./prepared-chart";

/** The chart's figures as a table: for screen readers always, for everybody on demand. */
export function ChartTable({ chart, zone, shown }: { chart: PreparedChart; zone: Zone; shown: boolean }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div
      className={cn(shown ? "h-40 overflow-auto" : "sr-only")}
      role="region"
      aria-label={`${chart.title}, table`}
      tabIndex={shown ? 0 : -1}
    >
      <table className="w-full text-xs">
        <caption className="sr-only">{chart.title}</caption>
        <thead>
          <tr className="text-left text-faint">
            <th scope="col" className="font-medium">
              From
            </th>
            {chart.series.map((series) => (
              <th key={series.key} scope="col" className="text-right font-medium">
                {series.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {chart.points.map((point) => (
            <tr key={point.atMs}>
              <th scope="row" className="text-left font-normal" title={fullUtc(new Date(point.atMs).toISOString())}>
                {axisTime(point.atMs, chart.bucketMs, zone)}
              </th>
              {chart.series.map((series) => {
                const value = point.values[series.key] ?? null;
                return (
                  <td key={series.key} className="text-right">
                    {value === null ? NO_DATA : chart.formatY(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
