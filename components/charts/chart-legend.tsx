import type { PreparedChart } from "./prepared-chart";
import { TONE_COLOURS } from "./tone-colours";

/** Which colour is which series, and which line marks what; the table says it to those who do not see the drawing. */
export function ChartLegend({ chart }: { chart: PreparedChart }) {
  return (
    <ul aria-hidden className="mt-6 mb-1.5 flex flex-wrap gap-x-3 gap-y-0.5 text-muted text-xs">
      {chart.series.map((series) => (
        <li key={series.key} className="inline-flex min-w-0 items-center gap-1.5" title={series.label}>
          <span className="size-2 shrink-0 rounded-full" style={{ background: TONE_COLOURS[series.tone] }} />
          <span className="max-w-56 truncate">{series.label}</span>
        </li>
      ))}
      {kindsOf(chart.marks ?? []).map(({ tone, label }) => (
        <li key={label} className="inline-flex min-w-0 items-center gap-1.5">
          <span className="h-3 shrink-0 border-l border-dashed" style={{ borderColor: TONE_COLOURS[tone] }} />
          {label}
        </li>
      ))}
    </ul>
  );
}

function kindsOf(marks: NonNullable<PreparedChart["marks"]>) {
  return [...new Map(marks.map((mark) => [mark.label, mark])).values()];
}
