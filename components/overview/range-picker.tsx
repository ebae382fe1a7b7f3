"use client";
import { CalendarRange } from "lucide-react";
import { Popover } from "radix-ui";
import { type FormEvent, useState } from "react";
import { dayAndClock, fieldTime, parseFieldTime } from "@/client/format";
import { bounds, isoBounds, PRESETS } from "@/client/range";
import { useRange, useZone } from "@/client/url-state";
import { Button } from "../ui/button";
import { cn } from "../ui/cn";
import { CopyButton } from "../ui/copy-button";

/** The same page with absolute times, so that a colleague sees what is seen here. */
function absoluteLink(from: string, to: string): string {
  const url = new URL(window.location.href);
  url.searchParams.delete("last");
  url.searchParams.set("from", from);
  url.searchParams.set("to", to);
  return url.toString();
}

export function RangePicker() {
  const { range, showLast } = useRange();
  const share = () => {
    const { from, to } = isoBounds(range, Date.now());
    return absoluteLink(from, to);
  };
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
      <CustomRange />
      <CopyButton label="Copy link to these times" text={share} iconOnly />
    </>
  );
}

function CustomRange() {
  const { range, showBetween } = useRange();
  const [zone] = useZone();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const { fromMs, toMs } = bounds(range, Date.now());
  const label =
    range.kind === "live"
      ? "Times"
      : `${dayAndClock(new Date(range.fromMs).toISOString(), zone)} – ${dayAndClock(new Date(range.toMs).toISOString(), zone)}`;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = parseFieldTime(String(form.get("from")), zone);
    const to = parseFieldTime(String(form.get("to")), zone);
    if (from === null || to === null || from >= to) return setProblem("The first time must be before the second.");
    setProblem(null);
    setOpen(false);
    showBetween(from, to);
  }
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger asChild>
        <Button className={cn(range.kind === "fixed" && "border-accent text-accent")}>
          <CalendarRange aria-hidden className="size-3.5" />
          {label}
        </Button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content align="end" sideOffset={6} className="z-50 w-72 rounded-lg border bg-surface p-4 shadow-lg">
          <form onSubmit={submit} className="flex flex-col gap-3 text-[13px]">
            <RangeField name="from" label="From" ms={fromMs} />
            <RangeField name="to" label="To" ms={toMs} />
            <p className="text-faint text-xs">
              {zone === "utc" ? "In UTC." : "In this browser's time zone."} Dragging over a chart does the same.
            </p>
            {problem && (
              <p role="alert" className="text-bad text-xs">
                {problem}
              </p>
            )}
            <Button type="submit" look="strong">
              Show these times
            </Button>
          </form>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function RangeField({ name, label, ms }: { name: string; label: string; ms: number }) {
  const [zone] = useZone();
  return (
    <label className="flex flex-col gap-1">
      <span className="text-muted text-xs">{label}</span>
      <input
        type="datetime-local"
        name={name}
        step={1}
        required
        defaultValue={fieldTime(ms, zone)}
        className="h-8 rounded-md border bg-raised px-2"
      />
    </label>
  );
}
