"use client";
import { BellOff } from "lucide-react";
import { type FormEvent, useState } from "react";
import { fieldTime, parseFieldTime } from "@/client/format";
import { useZone } from "@/client/url-state";
import { shortZoneName } from "@/client/zone";
import { Button } from "../ui/button";
import { Popover } from "../ui/popover";

const HOUR_MS = 3_600_000;
const PRESETS = [
  { label: "1 hour", ms: HOUR_MS },
  { label: "8 hours", ms: 8 * HOUR_MS },
  { label: "1 day", ms: 24 * HOUR_MS },
  { label: "7 days", ms: 7 * 24 * HOUR_MS },
];

interface Props {
  disabled: boolean;
  /** Gets the time as ISO 8601. */
  onMute: (until: string) => void;
}

/** Until when nobody is told of it: after a usual while, or at a time of one's choice. */
export function MuteMenu({ disabled, onMute }: Props) {
  const [zone] = useZone();
  const [open, setOpen] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  function mute(untilMs: number) {
    setOpen(false);
    onMute(new Date(untilMs).toISOString());
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const untilMs = parseFieldTime(String(new FormData(event.currentTarget).get("until")), zone);
    if (untilMs === null || untilMs <= Date.now()) return setProblem("The time must lie ahead.");
    setProblem(null);
    mute(untilMs);
  }
  return (
    <Popover
      label="Mute until"
      align="start"
      open={open}
      onOpenChange={setOpen}
      className="w-64 p-3 text-[13px]"
      trigger={
        <Button disabled={disabled}>
          <BellOff aria-hidden className="size-3.5" />
          Mute
        </Button>
      }
    >
      <div className="grid grid-cols-2 gap-2">
        {PRESETS.map(({ label, ms }) => (
          <Button key={label} onClick={() => mute(Date.now() + ms)}>
            {label}
          </Button>
        ))}
      </div>
      <form onSubmit={submit} className="mt-3 flex flex-col gap-2 border-t pt-3">
        <label className="flex flex-col gap-1">
          <span className="text-muted text-xs">Until, {shortZoneName(zone)}</span>
          <input
            type="datetime-local"
            name="until"
            required
            defaultValue={fieldTime(Date.now() + HOUR_MS, zone).slice(0, 16)}
            className="h-8 rounded-md border bg-raised px-2"
          />
        </label>
        {problem && (
          <p role="alert" className="text-bad text-xs">
            {problem}
          </p>
        )}
        <Button type="submit" look="strong">
          Mute until then
        </Button>
      </form>
    </Popover>
  );
}
