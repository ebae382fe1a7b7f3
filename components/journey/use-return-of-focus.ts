"use client";
import { useEffect, useRef } from "react";

/**
 * Where focus goes when the drawer closes: back to what opened it. Opened by a link, or moved on since, it goes to the
 * row of the event that was looked at last. Handlers for the drawer's content.
 */
export function useReturnOfFocus(eventId: string | null) {
  const opened = useRef<{ id: string | null; byHand: boolean }>({ id: null, byHand: false });
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (eventId !== null) last.current = eventId;
  }, [eventId]);
  return {
    onOpenAutoFocus() {
      opened.current = { id: eventId, byHand: document.activeElement !== document.body };
    },
    onCloseAutoFocus(close: Event) {
      const { current: id } = last;
      if (id === null || (opened.current.byHand && opened.current.id === id)) return;
      const row = document.querySelector<HTMLElement>(`[data-event="${CSS.escape(id)}"]`);
      if (!row) return;
      close.preventDefault();
      row.focus();
    },
  };
}
