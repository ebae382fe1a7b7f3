import { dayAndClock, NO_DATA, type Zone } from "@/client/format";
import { cn } from "../ui/cn";
import type { PreparedChart, Tone } from "./prepared-chart";

const SWATCH: Record<Tone, string> = {
  good: "bg-good-fill",
  bad: "bg-bad-fill",
  ink: "bg-ink",
  accent: "bg-accent",
  previous: "bg-idle-fill",
};

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
              <span className={cn("size-2 rounded-full", SWATCH[series.tone])} />
              <span className="text-muted">{series.label}</span>
              <span className="ml-auto pl-3 font-medium">{value === null ? NO_DATA : chart.formatY(value)}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
