"use client";
import { ArrowRight } from "lucide-react";
import type { FormEvent } from "react";
import { fieldTime, parseFieldTime } from "@/client/format";
import { useZone } from "@/client/url-state";
import { useTimelinePlace } from "@/client/use-timeline-view";
import { Button } from "../ui/button";

/** Goes to a time in the list. */
export function JumpField() {
  const [zone] = useZone();
  const { at, setAt } = useTimelinePlace();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const ms = parseFieldTime(String(new FormData(event.currentTarget).get("at")), zone);
    if (ms !== null) setAt(new Date(ms).toISOString());
  }
  return (
    <form
      onSubmit={submit}
      className="col-span-2 flex h-8 items-center rounded-md border bg-surface pl-2.5 text-[13px] hover:border-line-strong"
    >
      <label className="flex items-center gap-1.5">
        <span className="text-faint">Go to</span>
        <input
          type="datetime-local"
          name="at"
          step={1}
          key={`${at} ${zone}`}
          defaultValue={at === null ? "" : fieldTime(Date.parse(at), zone)}
          className="bg-transparent"
        />
      </label>
      <Button type="submit" look="quiet" size="icon" aria-label="Go to this time" className="size-[30px]">
        <ArrowRight aria-hidden className="size-3.5" />
      </Button>
    </form>
  );
}
