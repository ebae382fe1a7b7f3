"use client";
import Link from "next/link";
import { duration, fullUtc } from "@/client/format";
import { useHref } from "@/client/url-state";
import type { TimelineEvent } from "@/contracts/http";
import { markIcon } from "../../journey/timeline/mark-icon";
import { cn } from "../../ui/cn";
import { StatusIcon } from "../../ui/status";
import { Time } from "../../ui/time";
import { prepareRow } from "./prepare-row";

export const ROW_COLUMNS =
  "grid-cols-[10.5rem_4.5rem_11.5rem_minmax(8rem,1fr)_minmax(8rem,1fr)_minmax(9rem,1.2fr)_minmax(8rem,1fr)] gap-3";
/** A silence of this length before a row is worth a look. */
const LONG_MS = 30_000;

interface Props {
  event: TimelineEvent;
  before: TimelineEvent | undefined;
  user: string;
  leaked: ReadonlySet<string>;
  marked: boolean;
  narrow: boolean;
  onOpen: () => void;
}

/** One event as a row, on a phone in two lines. The whole row opens it; its journey is a link. */
export function TimelineRow({ event, before, user, leaked, marked, narrow, onOpen }: Props) {
  const href = useHref();
  const { by, on, failed, mark } = prepareRow(event, user, leaked);
  const Icon = markIcon(event.stage);
  const sinceMs = before ? Date.parse(event.time) - Date.parse(before.time) : null;
  const stage = (
    <span className={cn("flex min-w-0 items-center gap-1.5 font-medium", failed && "text-bad")}>
      <Icon aria-hidden className={cn("size-3.5 shrink-0", failed ? "text-bad" : "text-faint")} />
      <span className="truncate">{event.stage.replace("connection_", "connection ")}</span>
      {event.outcome === "error" && <span className="text-xs">error</span>}
    </span>
  );
  const whose = mark && (
    <span
      title={mark.title}
      className={cn(
        "shrink-0 truncate rounded-full px-1.5 font-medium text-[11px]",
        mark.bad ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn",
      )}
    >
      {mark.bad && mark.text !== "leak" ? `leak ${mark.text}` : mark.text}
    </span>
  );
  const journey = event.journey && (
    <Link
      href={href(`/journeys/${encodeURIComponent(event.journey.id)}`, { environment: event.environment })}
      prefetch={false}
      title={`${event.journey.id}: ${event.journey.status}`}
      className="relative z-10 flex min-w-0 items-center gap-1.5 hover:underline"
    >
      <StatusIcon status={event.journey.status} className="size-3.5" />
      <span className="sr-only">{event.journey.status} journey </span>
      <span className="truncate font-mono text-[12px]">{event.journey.id}</span>
    </Link>
  );
  return (
    <div className={cn("relative h-full hover:bg-raised", marked && "bg-accent-soft hover:bg-accent-soft")}>
      <button
        type="button"
        data-event={event.id}
        aria-haspopup="dialog"
        aria-label={`${event.stage} ${event.type ?? ""}${failed ? ", failed" : ""}${mark ? `, ${mark.title}` : ""}`}
        title={fullUtc(event.time)}
        onClick={onOpen}
        className="absolute inset-0 -outline-offset-2"
      />
      {narrow ? (
        <div className="pointer-events-none flex h-full flex-col justify-center gap-0.5 px-3 text-[12.5px]">
          <span className="flex items-center gap-2">
            {stage}
            <span className="min-w-0 truncate font-mono text-[12px]">{event.type}</span>
            <span className="ml-auto shrink-0 text-muted">
              <Time at={event.time} as="clockWithMs" />
            </span>
          </span>
          <span className="flex min-w-0 items-center gap-2 text-muted text-xs">
            <span className="truncate">{by ?? on}</span>
            {whose}
          </span>
        </div>
      ) : (
        <div
          className={cn(
            "pointer-events-none grid h-full items-center px-4 text-[12.5px] [&_a]:pointer-events-auto",
            ROW_COLUMNS,
          )}
        >
          <Time at={event.time} as="dayAndClockWithMs" />
          <span
            className={cn("text-right text-xs", sinceMs !== null && sinceMs >= LONG_MS ? "text-warn" : "text-faint")}
          >
            {sinceMs === null ? "" : `+${duration(sinceMs)}`}
          </span>
          {stage}
          <span className="truncate font-mono">{event.type}</span>
          <span className="truncate text-muted">{by}</span>
          <span className="flex min-w-0 items-center gap-2">
            <span className="truncate font-mono text-[12px] text-muted">{on}</span>
            {whose}
          </span>
          {journey ?? <span />}
        </div>
      )}
    </div>
  );
}
