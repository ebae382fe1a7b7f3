"use client";
import { type QueryKey, useQuery } from "@tanstack/react-query";

/** Settings have no live room: they are fetched whenever their page is opened, and by whoever changed them. */
export function useFreshQuery<T>(options: {
  queryKey: QueryKey;
  queryFn: (context: { signal: AbortSignal }) => Promise<T>;
  enabled?: boolean;
}) {
  return useQuery<T>({ ...options, enabled: options.enabled ?? true, refetchOnMount: "always" });
}
