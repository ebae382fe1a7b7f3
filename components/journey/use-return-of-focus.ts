"use client";
import { useEffect, useRef } from "react";
import { useFocusBack } from "../ui/use-focus-back";

/**
 * Where focus goes when the drawer closes: back to what opened it. Opened by a link, or moved on since, it goes to the
 * row of the event that was looked at last. Handlers for the drawer's content.
 */
export function useReturnOfFocus(eventId: string | null) {
  const back = useFocusBack();
  const opened = useRef<string | null>(null);
  const last = useRef<string | null>(null);
  useEffect(() => {
    if (eventId !== null) last.current = eventId;
  }, [eventId]);
  return {
    onOpenAutoFocus() {
      opened.current = eventId;
      back.onOpenAutoFocus();
    },
    onCloseAutoFocus(close: Event) {
      if (opened.current === last.current) back.onCloseAutoFocus(close);
      if (close.defaultPrevented || last.current === null) return;
      const row = document.querySelector<HTMLElement>(`[data-event="${CSS.escape(last.current)}"]`);
      if (!row) return back.onCloseAutoFocus(close);
      close.preventDefault();
      row.focus();
    },
  };
}
