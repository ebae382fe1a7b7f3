import { cn } from "./cn";

export interface StripFigure {
  label: string;
  value: string;
  /** Classes of the value's colour; none where there is nothing to stress. */
  look?: string | null | false | undefined;
}

/** Six figures side by side, in rows of two on a phone. */
export function FigureStrip({ label, figures }: { label: string; figures: readonly StripFigure[] }) {
  return (
    <dl
      aria-label={label}
      className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-3 xl:grid-cols-6"
    >
      {figures.map(({ label, value, look }) => (
        <div key={label} className="bg-surface px-4 py-2.5">
          <dt className="text-faint text-xs">{label}</dt>
          <dd className={cn("font-semibold text-lg", look)}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
