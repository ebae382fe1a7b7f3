"use client";
import { useSyncExternalStore } from "react";
import type { Stored } from "./stored";

/** A kept value and its change; `before` is what the page shows as the server drew it, which knows no browser. */
export function useStored<T>(stored: Stored<T>, before: T): [T, (value: T) => void] {
  return [useSyncExternalStore(stored.subscribe, stored.read, () => before), stored.write];
}
