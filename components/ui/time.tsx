"use client";
import { clock, clockWithMs, dayAndClock, dayAndClockWithMs, fullUtc, NO_DATA } from "@/client/format";
import { useZone } from "@/client/url-state";

const FORMATS = { clock, clockWithMs, dayAndClock, dayAndClockWithMs } as const;

/** A time in the reader's zone; UTC in the title. */
export function Time({ at, as = "dayAndClock" }: { at: string | null; as?: keyof typeof FORMATS }) {
  const [zone] = useZone();
  if (at === null) return <span className="text-faint">{NO_DATA}</span>;
  return (
    <time dateTime={at} title={fullUtc(at)} className="whitespace-nowrap">
      {FORMATS[as](at, zone)}
    </time>
  );
}
