"use client";
import { useRef } from "react";

/**
 * Handlers for the content of a dialog that is opened by state, and so has no trigger to return to: focus goes back to
 * what had it before. What is not on the page any more gets none.
 */
export function useFocusBack() {
  const before = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus() {
      const { activeElement } = document;
      before.current = activeElement instanceof HTMLElement && activeElement !== document.body ? activeElement : null;
    },
    onCloseAutoFocus(close: Event) {
      if (!before.current?.isConnected) return;
      close.preventDefault();
      before.current.focus();
    },
  };
}
