"use client";
import { CalendarRange } from "lucide-react";
import { type ClipboardEvent, type FormEvent, useState } from "react";
import { fieldTime, parseFieldTime } from "@/client/format";
import { pastedTime } from "@/client/pasted-time";
import { useZone } from "@/client/url-state";
import { shortZoneName } from "@/client/zone";
import { Button } from "./button";
import { cn } from "./cn";
import { Popover } from "./popover";
import { Time } from "./time";

interface Props {
  /** The times that hold; null where they are not bounded. */
  fromMs: number | null;
  toMs: number | null;
  /** What the fields begin with where nothing holds. */
  suggested: () => { fromMs: number; toMs: number };
  hint?: string;
  onChoose: (fromMs: number, toMs: number) => void;
}

/** Two absolute times, typed, picked or pasted. */
export function TimeRange({ fromMs, toMs, suggested, hint, onChoose }: Props) {
  const [zone] = useZone();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const bounded = fromMs !== null || toMs !== null;
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const from = parseFieldTime(String(form.get("from")), zone);
    const to = parseFieldTime(String(form.get("to")), zone);
    if (from === null || to === null || from >= to) return setProblem("The first time must be before the second.");
    setProblem(null);
    setOpen(false);
    onChoose(from, to);
  }
  return (
    <Popover
      label="Times"
      open={open}
      onOpenChange={setOpen}
      className="w-72 p-4"
      trigger={
        <Button className={cn(bounded && "border-accent text-accent")}>
          <CalendarRange aria-hidden className="size-3.5" />
          {bounded ? (
            <span className="inline-flex flex-wrap gap-x-1">
              <Bound ms={fromMs} />–<Bound ms={toMs} />
            </span>
          ) : (
            "Times"
          )}
        </Button>
      }
    >
      <form onSubmit={submit} className="flex flex-col gap-3 text-[13px]">
        <Field name="from" label="From" ms={fromMs ?? suggested().fromMs} />
        <Field name="to" label="To" ms={toMs ?? suggested().toMs} />
        <p className="text-faint text-xs">
          Times of {shortZoneName(zone)}; a time from a ticket or a log can be pasted. {hint}
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
    </Popover>
  );
}

function Bound({ ms }: { ms: number | null }) {
  return ms === null ? <span>…</span> : <Time at={new Date(ms).toISOString()} />;
}

function Field({ name, label, ms }: { name: string; label: string; ms: number }) {
  const [zone] = useZone();
  function paste(event: ClipboardEvent<HTMLInputElement>) {
    const pasted = pastedTime(event.clipboardData.getData("text"), zone);
    if (pasted === null) return;
    event.preventDefault();
    event.currentTarget.value = fieldTime(pasted, zone);
  }
  return (
    <label className="flex flex-col gap-1">
      <span className="text-muted text-xs">{label}</span>
      <input
        type="datetime-local"
        name={name}
        step={1}
        required
        defaultValue={fieldTime(ms, zone)}
        onPaste={paste}
        className="h-8 rounded-md border bg-raised px-2"
      />
    </label>
  );
}
