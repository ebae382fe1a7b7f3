import { axisTime, fullUtc, NO_DATA, type Zone } from "@/client/format";
import { ScrollRegion } from "../ui/scroll-region";
import type { PreparedChart } from "./prepared-chart";

/** The chart's figures as a table: for screen readers always, for everybody on demand. */
export function ChartTable({ chart, zone, shown }: { chart: PreparedChart; zone: Zone; shown: boolean }) {
  const table = (
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
  );
  return shown ? (
    <ScrollRegion label={`${chart.title}, table`} className="h-40">
      {table}
    </ScrollRegion>
  ) : (
    <div className="sr-only">{table}</div>
  );
}
