import { dayAndClock, NO_DATA, type Zone } from "@/client/format";
import type { PreparedChart } from "./prepared-chart";
import { TONE_COLOURS } from "./tone-colours";

export function ChartTooltip({ chart, zone, atMs }: { chart: PreparedChart; zone: Zone; atMs: number | null }) {
  const point = atMs === null ? undefined : chart.points.find((candidate) => candidate.atMs === atMs);
  if (!point) return null;
  const at = new Date(point.atMs).toISOString();
  return (
    <div className="rounded-md border bg-surface px-2.5 py-1.5 text-xs shadow-lg">
      <p className="text-faint">{dayAndClock(at, zone)}</p>
      {zone !== "utc" && <p className="text-faint">{dayAndClock(at, "utc")} UTC</p>}
      <ul className="mt-1 flex flex-col gap-0.5">
        {chart.series.map((series) => {
          const value = point.values[series.key] ?? null;
          return (
            <li key={series.key} className="flex items-center gap-2">
              <span className="size-2 rounded-full" style={{ background: TONE_COLOURS[series.tone] }} />
              <span className="text-muted">{series.label}</span>
              <span className="ml-auto pl-3 font-medium">{value === null ? NO_DATA : chart.formatY(value)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
