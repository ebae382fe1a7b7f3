"use client";
import { bounds, PRESETS } from "@/client/range";
import { useRange } from "@/client/url-state";
import { useSharedRange } from "@/client/use-share-link";
import { cn } from "../ui/cn";
import { TimeRange } from "../ui/time-range";

/** Which stretch of time a page shows: a window that ends now, or two absolute times. */
export function RangePicker() {
  const { range, showLast, showBetween } = useRange();
  useSharedRange(range);
  const fixed = range.kind === "fixed" ? range : { fromMs: null, toMs: null };
  return (
    <>
      <fieldset aria-label="Time shown" className="flex rounded-md border bg-surface p-0.5">
        {PRESETS.map((preset) => {
          const on = range.kind === "live" && range.preset === preset.id;
          return (
            <button
              key={preset.id}
              type="button"
              aria-pressed={on}
              onClick={() => showLast(preset.id)}
              className={cn(
                "h-7 whitespace-nowrap rounded px-2 font-medium text-muted text-xs hover:text-ink",
                on && "bg-accent-soft text-accent hover:text-accent",
              )}
            >
              {preset.label}
            </button>
          );
        })}
      </fieldset>
      <TimeRange
        fromMs={fixed.fromMs}
        toMs={fixed.toMs}
        suggested={() => bounds(range, Date.now())}
        hint="Dragging over a chart does the same."
        onChoose={showBetween}
      />
    </>
  );
}
