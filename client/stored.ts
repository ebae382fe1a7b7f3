/** Values that this browser keeps. Parsed at every reading; every tab of the browser sees a change. */
import type { z } from "zod";

export interface Stored<T> {
  read(): T;
  write(value: T): void;
  /** Calls back after each change, in this tab or another; returns the way out. */
  subscribe(changed: () => void): () => void;
}

const PREFIX = "signalbox.";

/** A value under `name`. What is missing, unreadable or forbidden reads as `fallback`; then nothing is kept either. */
export function createStored<T>(name: string, schema: z.ZodType<T>, fallback: T): Stored<T> {
  const key = PREFIX + name;
  const listeners = new Set<() => void>();
  let raw: string | null = null;
  let value = fallback;

  function parse(text: string | null): T {
    if (text === null) return fallback;
    try {
      const parsed = schema.safeParse(JSON.parse(text));
      return parsed.success ? parsed.data : fallback;
    } catch {
      return fallback;
    }
  }
  function onStorage(event: StorageEvent) {
    if (event.key === key || event.key === null) for (const changed of listeners) changed();
  }

  return {
    read() {
      const text = attempt(() => localStorage.getItem(key)) ?? null;
      // The same text gives the same object, so that nothing is drawn again without need.
      if (text !== raw) {
        raw = text;
        value = parse(text);
      }
      return value;
    },
    write(next) {
      attempt(() => localStorage.setItem(key, JSON.stringify(next)));
      for (const changed of listeners) changed();
    },
    subscribe(changed) {
      if (listeners.size === 0) window.addEventListener("storage", onStorage);
      listeners.add(changed);
      return () => {
        listeners.delete(changed);
        if (listeners.size === 0) window.removeEventListener("storage", onStorage);
      };
    },
  };
}

/** Browsers may forbid storage altogether. */
function attempt<R>(action: () => R): R | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
