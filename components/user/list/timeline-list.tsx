"use client";
import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowDown } from "lucide-react";
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { figure } from "@/client/format";
import { chunkOfRow } from "@/client/timeline-chunks";
import { useMedia } from "@/client/use-media";
import { useSettled } from "@/client/use-settled";
import { useTimelineArrivals } from "@/client/use-timeline-arrivals";
import { type ListedTimeline, useTimelineRows } from "@/client/use-timeline-rows";
import { useTimelinePlace } from "@/client/use-timeline-view";
import { useJourneyHash } from "../../journey/use-journey-hash";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import { cn } from "../../ui/cn";
import { TimelineDrawer } from "./timeline-drawer";
import { ROW_COLUMNS, TimelineRow } from "./timeline-row";
import { useListPlace } from "./use-list-place";

const ROW_PX = 34;
const NARROW_ROW_PX = 54;
const SETTLED_MS = 80;

interface Props {
  part: ListedTimeline;
  leaked: ReadonlySet<string>;
  onListed: (times: { fromMs: number; toMs: number } | null) => void;
}

/** Every event of the timeline, newest last. Only the rows in view are drawn, and only pages in view are fetched. */
export function TimelineList({ part, leaked, onListed }: Props) {
  const { environment, user, view, summary } = part;
  const { total } = summary;
  const narrow = useMedia("(max-width: 767px)");
  const rowPx = narrow ? NARROW_ROW_PX : ROW_PX;
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: total,
    getScrollElement: () => box.current,
    estimateSize: () => rowPx,
    overscan: 8,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another height are measured anew
  useEffect(() => virtual.measure(), [rowPx]);

  const { at, setAt } = useTimelinePlace();
  const { eventId, openEvent } = useJourneyHash();
  const items = virtual.getVirtualItems();
  const range = virtual.range;
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  // While somebody drags the scroll bar over thousands of rows, none is fetched.
  const firstChunk = useSettled(chunkOfRow(summary, first), SETTLED_MS);
  const lastChunk = useSettled(chunkOfRow(summary, last), SETTLED_MS);
  const rows = useTimelineRows(part, firstChunk, lastChunk);
  const listName = JSON.stringify([environment, user, view]);
  const place = useListPlace({ virtual, rows, total, listName, at, eventId, atEnd: view.to === null });
  const arrivals = useTimelineArrivals(environment, user, view, summary);
  const [pointed, setPointed] = useState(false);

  const [from, to] = [rows.rowAt(range?.startIndex ?? 0)?.time, rows.rowAt(range?.endIndex ?? 0)?.time];
  useEffect(() => {
    onListed(from && to ? { fromMs: Date.parse(from), toMs: Date.parse(to) } : null);
  }, [from, to, onListed]);

  /** Whoever looks at the newest row, and points at nothing, sees the next ones come. */
  const following = (range?.endIndex ?? 0) >= total - 1 && !pointed && eventId === null;
  const { count: arrived, show } = arrivals;
  useEffect(() => {
    if (arrived > 0 && following) void show();
  }, [arrived, following, show]);
  const grown = useRef({ from: total, goToEnd: false });
  useEffect(() => {
    if (total > grown.current.from && (following || grown.current.goToEnd))
      virtual.scrollToIndex(total - 1, { align: "end" });
    if (total !== grown.current.from) grown.current = { from: total, goToEnd: false };
  }, [total, following, virtual]);
  function showArrived() {
    grown.current.goToEnd = true;
    void show();
  }

  function open(index: number) {
    const event = rows.rowAt(index);
    if (!event) return;
    place.stay(index, event);
    setAt(event.time);
    openEvent(event.id);
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const item = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (!item) return;
    const index = Number(item.dataset.index);
    const keys: Record<string, number> = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: total - 1 };
    const next = keys[event.key];
    if (next === undefined || next < 0 || next >= total) return;
    event.preventDefault();
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-index="${next}"] button`)?.focus());
  }

  return (
    <Card
      title="Events"
      hint={`${figure(total)}, newest last; strings outside ids and names are redacted`}
      flush
      className="relative"
    >
      {!narrow && (
        <div aria-hidden className={cn("grid border-b px-4 py-1.5 font-medium text-faint text-xs", ROW_COLUMNS)}>
          <span>Time</span>
          <span className="text-right">After</span>
          <span>Stage</span>
          <span>Type</span>
          <span>By</span>
          <span>Connection</span>
          <span>Journey</span>
        </div>
      )}
      <section
        ref={box}
        aria-label="Events of the timeline"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: without a tab stop nobody could scroll it by keyboard
        tabIndex={0}
        onPointerEnter={() => setPointed(true)}
        onPointerLeave={() => setPointed(false)}
        className="overflow-auto overscroll-contain -outline-offset-2"
        style={{ height: `min(${total * rowPx + 2}px, max(24rem, 60dvh))` }}
      >
        <ol onKeyDown={onKeyDown} className="relative md:min-w-[64rem]" style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const event = rows.rowAt(index);
            return (
              <li
                key={index}
                data-index={index}
                aria-posinset={index + 1}
                aria-setsize={total}
                className="absolute inset-x-0 top-0 border-b"
                style={{ height: rowPx, transform: `translateY(${start}px)` }}
              >
                {event ? (
                  <TimelineRow
                    event={event}
                    before={rows.rowAt(index - 1)}
                    user={user}
                    leaked={leaked}
                    marked={index === place.marked}
                    narrow={narrow}
                    onOpen={() => open(index)}
                  />
                ) : (
                  <button type="button" aria-label={`Row ${index + 1} is being fetched`} className="h-full w-full px-4">
                    <span aria-hidden className="block h-2.5 w-2/3 rounded bg-line/60" />
                  </button>
                )}
              </li>
            );
          })}
        </ol>
      </section>
      {arrivals.count > 0 && !following && (
        <Button
          look="strong"
          size="small"
          className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full shadow-lg"
          onClick={showArrived}
        >
          <ArrowDown aria-hidden className="size-3.5" />
          {figure(arrivals.count)}
          {arrivals.more ? "+" : ""} new
        </Button>
      )}
      <p className="sr-only" role="status">
        {arrivals.count > 0 && !following ? `${figure(arrivals.count)} new events` : ""}
      </p>
      {rows.error && (
        <p role="alert" className="flex items-center justify-center gap-3 border-t p-2 text-[13px] text-bad">
          Some rows could not be fetched. <Button onClick={rows.retry}>Try again</Button>
        </p>
      )}
      <TimelineDrawer
        event={place.marked === null ? undefined : rows.rowAt(place.marked)}
        index={place.marked}
        total={total}
        eventId={eventId}
        missing={place.missing}
        onTurn={(step) => {
          const next = (place.marked ?? 0) + step;
          if (next < 0 || next >= total) return;
          virtual.scrollToIndex(next);
          open(next);
        }}
        onClose={() => openEvent(null)}
      />
    </Card>
  );
}
