"use client";
import { duration } from "@/client/format";
import type { TelemetryEventView } from "@/contracts/http";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";
import { markIcon } from "./timeline/mark-icon";

interface Props {
  event: TelemetryEventView;
  startMs: number;
  open: boolean;
  onOpen: (id: string) => void;
}

/** One telemetry event as a row. */
export function EventRow({ event, startMs, open, onOpen }: Props) {
  const Icon = markIcon(event.stage);
  const bad = event.outcome === "error" || event.stage === "dropped";
  const who = event.toolName ?? event.agentName ?? event.router ?? event.service;
  return (
    <button
      type="button"
      data-event={event.id}
      aria-haspopup="dialog"
      onClick={() => onOpen(event.id)}
      className={cn(
        "grid h-full w-full grid-cols-[6.5rem_5rem_13rem_minmax(8rem,1fr)_minmax(8rem,1fr)_minmax(8rem,1fr)] items-center gap-3 px-4 text-left text-[12.5px] -outline-offset-2 hover:bg-raised",
        open && "bg-accent-soft",
      )}
    >
      <Time at={event.time} as="clockWithMs" />
      <span className="text-right text-faint">{offset(Date.parse(event.time) - startMs)}</span>
      <span className={cn("flex items-center gap-1.5 font-medium", bad && "text-bad")}>
        <Icon aria-hidden className="size-3.5 shrink-0 text-faint" />
        <span className="truncate">{event.stage}</span>
        {event.outcome === "error" && <span className="text-xs">error</span>}
      </span>
      <span className="truncate font-mono">{event.type}</span>
      <span className="truncate text-muted">{who}</span>
      <span className="truncate text-muted">
        {event.connectionId
          ? `${event.connectionId}${event.connectionUser ? ` (${event.connectionUser})` : ""}`
          : event.userId}
      </span>
    </button>
  );
}

function offset(ms: number): string {
  return ms >= 0 ? `+${duration(ms)}` : duration(ms);
}
