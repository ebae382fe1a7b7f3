"use client";
import { counted } from "@/client/format";
import type { CountedTimeline } from "@/client/timeline-parts";
import { Time } from "../../ui/time";
import { ZonedText } from "../../ui/zoned-text";
import type { Fault } from "./prepared-overview";

/** What the pointer or the focus is on. */
export interface Looked {
  fault: Fault | null;
  atMs: number | null;
}

export const NOTHING: Looked = { fault: null, atMs: null };

export function isoOf(ms: number): string {
  return new Date(Math.round(ms)).toISOString();
}

/** What is looked at, in words. */
export function Look({ looked: { fault, atMs }, summary }: { looked: Looked; summary: CountedTimeline }) {
  return (
    <p className="flex min-h-9 flex-wrap items-center gap-x-2 border-t bg-raised px-4 py-1.5 text-xs">
      {fault ? (
        <>
          <strong className="text-bad">{fault.title}</strong>
          <Time at={fault.at} />
          <span className="min-w-0 text-muted">
            <ZonedText text={fault.detail} near={fault.at} />
          </span>
        </>
      ) : atMs === null ? (
        <span className="text-faint">Point at the drawing to read it.</span>
      ) : (
        <>
          <Time at={isoOf(atMs)} />
          <span className="text-muted">{eventsAt(summary, atMs)}</span>
        </>
      )}
    </p>
  );
}

function eventsAt({ buckets, firstAt, bucketMs }: CountedTimeline, atMs: number): string {
  const n = Math.floor((atMs - Date.parse(firstAt ?? "")) / bucketMs);
  const [, events = 0, errors = 0] = buckets.find((bucket) => bucket[0] === n) ?? [];
  if (events === 0) return "no event";
  return errors === 0 ? counted(events, "event") : `${counted(events, "event")}, of these ${counted(errors, "error")}`;
}
