"use client";
import { useCallback, useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}

function read(): string | null {
  return new URLSearchParams(window.location.hash.slice(1)).get("event");
}

/** The event that the link opens: `#event=<id>`. */
export function useEventHash(): [string | null, (id: string | null) => void] {
  const id = useSyncExternalStore(subscribe, read, () => null);
  const open = useCallback((next: string | null) => {
    const url = new URL(window.location.href);
    url.hash = next === null ? "" : new URLSearchParams({ event: next }).toString();
    window.history.replaceState(window.history.state, "", url);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }, []);
  return [id, open];
}
