"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { duration, figure } from "@/client/format";
import type { JourneyEvents } from "@/client/use-journey";
import type { JourneyDetail, TelemetryEventView } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { cn } from "../ui/cn";
import { Time } from "../ui/time";
import { markIcon } from "./timeline/mark-icon";

const ROW_PX = 34;
const MAX_HEIGHT_PX = 480;

interface Props {
  journey: JourneyDetail;
  loaded: JourneyEvents;
  openId: string | null;
  onOpen: (id: string) => void;
}

/** The evidence: every telemetry event of the journey, page by page, only the rows in view drawn. */
export function EventsList({ journey, loaded, openId, onOpen }: Props) {
  const { events, hasMore, loading, error, loadMore } = loaded;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: events.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => events[index]?.id ?? index,
    overscan: 10,
  });
  const startMs = Date.parse(journey.startedAt);
  const height = Math.min(MAX_HEIGHT_PX, events.length * ROW_PX);
  return (
    <Card
      title="Telemetry events"
      hint={`${figure(events.length)} of ${figure(journey.events.total)} fetched; values outside ids and names are redacted`}
      flush
    >
      <div ref={box} className="overflow-auto" style={{ height }}>
        <ol className="relative min-w-[48rem]" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const event = events[item.index];
            return event ? (
              <li
                key={item.key}
                aria-posinset={item.index + 1}
                aria-setsize={journey.events.total}
                className="absolute inset-x-0 top-0 border-b"
                style={{ height: ROW_PX, transform: `translateY(${item.start}px)` }}
              >
                <EventRow event={event} startMs={startMs} open={event.id === openId} onOpen={onOpen} />
              </li>
            ) : null;
          })}
        </ol>
      </div>
      {(hasMore || error) && (
        <p className="flex items-center justify-center gap-3 border-t p-2 text-[13px]">
          {error && <span className="text-bad">The next page could not be fetched.</span>}
          <Button size="small" disabled={loading} onClick={loadMore}>
            {loading ? "Fetching …" : error ? "Try again" : "Fetch more"}
          </Button>
        </p>
      )}
    </Card>
  );
}

interface RowProps {
  event: TelemetryEventView;
  startMs: number;
  open: boolean;
  onOpen: (id: string) => void;
}

function EventRow({ event, startMs, open, onOpen }: RowProps) {
  const Icon = markIcon(event.stage);
  const bad = event.outcome === "error" || event.stage === "dropped";
  const who = event.toolName ?? event.agentName ?? event.router ?? event.service;
  return (
    <button
      type="button"
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
