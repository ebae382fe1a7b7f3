"use client";
import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False while the page is as the server drew it, which knows neither the reader's time zone nor the address used. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
