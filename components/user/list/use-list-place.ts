"use client";
import type { Virtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { TimelineRows } from "@/client/use-timeline-rows";

interface Place {
  virtual: Pick<Virtualizer<HTMLDivElement, Element>, "scrollToIndex">;
  rows: TimelineRows;
  total: number;
  /** Names what is listed; another list begins at its own place. */
  listName: string;
  at: string | null;
  eventId: string | null;
  /** Where a list begins that no time is named for. */
  atEnd: boolean;
}

/**
 * Scrolls the list to where the link points: to an event, to a time, else to its newest or its first row. A list that
 * merely grew stays where it is.
 */
export function useListPlace({ virtual, rows, total, listName, at, eventId, atEnd }: Place) {
  const [found, setFound] = useState<{ index: number | null; eventId: string | null }>({ index: null, eventId: null });
  const placed = useRef<{ list: string; at: string | null; eventId: string | null } | null>(null);
  const { find } = rows;
  useEffect(() => {
    const before = placed.current;
    // Closing an event leaves the list where it is.
    const there = before?.list === listName && before.at === at && (eventId === null || before.eventId === eventId);
    if (there || total === 0) return;
    placed.current = { list: listName, at, eventId };
    if (at === null && eventId === null) {
      setFound({ index: null, eventId: null });
      virtual.scrollToIndex(atEnd ? total - 1 : 0, { align: atEnd ? "end" : "start" });
      return;
    }
    find(at, eventId).then(
      ({ index, exact }) => {
        setFound({ index, eventId: exact ? null : eventId });
        if (index !== null) virtual.scrollToIndex(index, { align: "center" });
      },
      () => {
        placed.current = null;
      },
    );
  }, [listName, at, eventId, total, atEnd, find, virtual]);
  return {
    /** The row that was gone to. */
    marked: found.index,
    /** Whether the event that the link names is none of these. */
    missing: eventId !== null && found.eventId === eventId,
    /** Says that the link is about to name this row, which is in view already. */
    stay(index: number, event: { time: string; id: string }) {
      placed.current = { list: listName, at: event.time, eventId: event.id };
      setFound({ index, eventId: null });
    },
  };
}
