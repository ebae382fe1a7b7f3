"use client";
import { useCallback, useSyncExternalStore } from "react";

function subscribe(onChange: () => void): () => void {
  window.addEventListener("hashchange", onChange);
  return () => window.removeEventListener("hashchange", onChange);
}

const read = () => window.location.hash.slice(1);

export interface JourneyHash {
  /** The event that the link opens: `#event=<id>`. */
  eventId: string | null;
  /** The step that the link points to: `#step=agent_started`. */
  step: string | null;
  openEvent(id: string | null): void;
}

/** What a link to this journey points at within it. */
export function useJourneyHash(): JourneyHash {
  const hash = useSyncExternalStore(subscribe, read, () => "");
  const openEvent = useCallback((id: string | null) => {
    const url = new URL(window.location.href);
    url.hash = id === null ? "" : new URLSearchParams({ event: id }).toString();
    window.history.replaceState(window.history.state, "", url);
    window.dispatchEvent(new HashChangeEvent("hashchange"));
  }, []);
  const named = new URLSearchParams(hash);
  return { eventId: named.get("event"), step: named.get("step"), openEvent };
}

/** Link within the page to one of its steps. */
export function stepHash(step: string): string {
  return `#${new URLSearchParams({ step })}`;
}
