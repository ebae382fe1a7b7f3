"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useEffect, useLayoutEffect, useRef, useState } from "react";
import { figure } from "@/client/format";
import { MAX_ROWS } from "@/client/use-journeys";
import type { JourneyRow } from "@/contracts/http";
import { Button } from "../ui/button";
import { JourneyLink, ROW_COLUMNS } from "./journey-link";
import type { Choice } from "./use-choice";

const ROW_PX = 41;

interface Props {
  rows: JourneyRow[];
  choice: Choice;
  hasMore: boolean;
  loading: boolean;
  failed: boolean;
  onMore: () => void;
}

/** The rows in view and a few around them; further pages are fetched when their end comes near. */
export function JourneysList({ rows, choice, hasMore, loading, failed, onMore }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const [offsetPx, setOffsetPx] = useState(0);
  useLayoutEffect(() => setOffsetPx(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => rows[index]?.key ?? index,
    overscan: 12,
    scrollMargin: offsetPx,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loading && !failed && last >= rows.length - 15) onMore();
  }, [hasMore, loading, failed, last, rows.length, onMore]);

  function focusRow(index: number) {
    if (index < 0 || index >= rows.length) return;
    virtual.scrollToIndex(index, { align: "auto" });
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus());
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const step =
      event.key === "ArrowDown" || event.key === "j" ? 1 : event.key === "ArrowUp" || event.key === "k" ? -1 : 0;
    const row = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>("[data-index]") : null;
    if (step === 0 || !row) return;
    event.preventDefault();
    focusRow(Number(row.dataset.index) + step);
  }

  return (
    <>
      <div aria-hidden className={`hidden border-b px-4 py-2 font-medium text-faint text-xs md:grid ${ROW_COLUMNS}`}>
        <span>Status</span>
        <span>Journey</span>
        <span>User</span>
        <span>What happened</span>
        <span>Router</span>
        <span className="text-right">Duration</span>
        <span className="text-right">Started</span>
      </div>
      <ul ref={list} onKeyDown={onKeyDown} className="relative" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          return row ? (
            <li
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              aria-posinset={item.index + 1}
              aria-setsize={hasMore ? -1 : rows.length}
              className="absolute inset-x-0 top-0 border-b"
              style={{ transform: `translateY(${item.start - offsetPx}px)` }}
            >
              {choice.active ? (
                <div className="flex items-center">
                  <Choose row={row} choice={choice} />
                  <JourneyLink row={row} />
                </div>
              ) : (
                <JourneyLink row={row} />
              )}
            </li>
          ) : null;
        })}
      </ul>
      <ListEnd {...{ hasMore, loading, failed, onMore }} count={rows.length} />
    </>
  );
}

function Choose({ row, choice }: { row: JourneyRow; choice: Choice }) {
  return (
    <label className="grid size-10 shrink-0 place-items-center">
      <input
        type="checkbox"
        checked={choice.ids.includes(row.id)}
        onChange={() => choice.toggle(row.id)}
        aria-label={`Compare ${row.id}`}
        className="size-4 accent-[var(--accent)]"
      />
    </label>
  );
}

function ListEnd({ hasMore, loading, failed, onMore, count }: Omit<Props, "rows" | "choice"> & { count: number }) {
  if (failed)
    return (
      <p role="alert" className="flex items-center justify-center gap-3 p-3 text-[13px] text-bad">
        The next page could not be fetched. <Button onClick={onMore}>Try again</Button>
      </p>
    );
  if (hasMore || loading) return <p className="p-3 text-center text-faint text-xs">Fetching more …</p>;
  if (count >= MAX_ROWS)
    return (
      <p className="p-3 text-center text-muted text-xs">
        A list holds {figure(MAX_ROWS)} journeys. Narrow the filters to see older ones.
      </p>
    );
  return <p className="p-3 text-center text-faint text-xs">No older journeys.</p>;
}
