"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { figure } from "@/client/format";
import type { JourneyEvents } from "@/client/use-journey-events";
import type { JourneyDetail } from "@/contracts/http";
import { Button } from "../ui/button";
import { Card } from "../ui/card";
import { EventRow } from "./event-row";

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
  const { events, gapAt, hasMore, loading, error, loadMore, loadEarlier } = loaded;
  const box = useRef<HTMLDivElement>(null);
  // Where events are missing between two pages, a row says so.
  const rows = gapAt === null ? events : [...events.slice(0, gapAt), null, ...events.slice(gapAt)];
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 10,
  });
  const openAt = openId === null ? -1 : rows.findIndex((event) => event?.id === openId);
  useEffect(() => {
    if (openAt >= 0) virtual.scrollToIndex(openAt, { align: "center" });
  }, [openAt, virtual]);

  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const item = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (step === 0 || !item) return;
    event.preventDefault();
    const to = Number(item.dataset.index) + step;
    if (to < 0 || to >= rows.length) return;
    virtual.scrollToIndex(to);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${to}"] button`)?.focus());
  }

  const startMs = Date.parse(journey.startedAt);
  const height = Math.min(MAX_HEIGHT_PX, rows.length * ROW_PX);
  return (
    <Card
      title="Telemetry events"
      hint={`${figure(events.length)} of ${figure(journey.events.total)} fetched; values outside ids and names are redacted`}
      flush
    >
      {events.length === 0 && (
        <p className="px-4 py-6 text-center text-[13px] text-muted">
          {journey.events.total === 0
            ? "No event of this journey was observed."
            : "The events are no longer kept: what is left is the verdict."}
        </p>
      )}
      <div ref={box} className="overflow-auto" style={{ height }}>
        <ol onKeyDown={onKeyDown} className="relative min-w-[48rem]" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const event = rows[item.index];
            return (
              <li
                key={item.key}
                data-index={item.index}
                aria-posinset={gapAt !== null && item.index > gapAt ? undefined : item.index + 1}
                aria-setsize={journey.events.total}
                className="absolute inset-x-0 top-0 border-b"
                style={{ height: ROW_PX, transform: `translateY(${item.start}px)` }}
              >
                {event ? (
                  <EventRow event={event} startMs={startMs} open={event.id === openId} onOpen={onOpen} />
                ) : (
                  <Gap loading={loading} onFetch={loadEarlier} />
                )}
              </li>
            );
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

function Gap({ loading, onFetch }: { loading: boolean; onFetch: () => void }) {
  return (
    <p className="flex h-full items-center gap-3 bg-raised px-4 text-[12.5px] text-muted">
      Events in between were not fetched.
      <Button size="small" disabled={loading} onClick={onFetch}>
        {loading ? "Fetching …" : "Fetch those before the next"}
      </Button>
    </p>
  );
}
