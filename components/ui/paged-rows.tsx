"use client";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Button } from "./button";

const ROW_PX = 41;
/** Further pages are fetched when so few rows are left. */
const AHEAD = 15;

export interface Paging {
  hasMore: boolean;
  loading: boolean;
  failed: boolean;
  onMore: () => void;
}

interface Props<Row> extends Paging {
  rows: Row[];
  rowKey: (row: Row) => string;
  /** Holds one link, which the arrow keys, j and k move between. */
  children: (row: Row) => ReactNode;
  /** What stands below the last row when nothing follows. */
  end: string;
}

/** The rows in view and a few around them, in the window's own scroll; further pages are fetched when their end comes near. */
export function PagedRows<Row>({ rows, rowKey, children, end, ...paging }: Props<Row>) {
  const { hasMore, loading, failed, onMore } = paging;
  const list = useRef<HTMLUListElement>(null);
  const [offsetPx, setOffsetPx] = useState(0);
  useLayoutEffect(() => setOffsetPx(list.current?.offsetTop ?? 0), []);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => (rows[index] ? rowKey(rows[index]) : index),
    overscan: 12,
    scrollMargin: offsetPx,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && !loading && !failed && last >= rows.length - AHEAD) onMore();
  }, [hasMore, loading, failed, last, rows.length, onMore]);

  function focusRow(index: number) {
    if (index < 0 || index >= rows.length) return;
    virtual.scrollToIndex(index, { align: "auto" });
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus());
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>) {
    const { key, target } = event;
    const step = key === "ArrowDown" || key === "j" ? 1 : key === "ArrowUp" || key === "k" ? -1 : 0;
    const row = target instanceof HTMLElement ? target.closest<HTMLElement>("[data-index]") : null;
    if (step === 0 || !row) return;
    event.preventDefault();
    focusRow(Number(row.dataset.index) + step);
  }

  return (
    <>
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
              {children(row)}
            </li>
          ) : null;
        })}
      </ul>
      <End {...paging}>{end}</End>
    </>
  );
}

function End({ hasMore, loading, failed, onMore, children }: Paging & { children: string }) {
  if (failed)
    return (
      <p role="alert" className="flex items-center justify-center gap-3 p-3 text-[13px] text-bad">
        The next page could not be fetched. <Button onClick={onMore}>Try again</Button>
      </p>
    );
  const text = hasMore || loading ? "Fetching more …" : children;
  return <p className="p-3 text-center text-muted text-xs">{text}</p>;
}
