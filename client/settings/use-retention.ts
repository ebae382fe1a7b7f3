"use client";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type RetentionChange, retentionDryRun, retentionView } from "@/contracts/settings";
import { apiGet, apiSend } from "../api";
import { keys } from "../keys";
import { useFreshQuery } from "./use-fresh-query";

/** What is kept, how long, and what went. */
export function useRetention() {
  return useFreshQuery({
    queryKey: keys.retention(),
    queryFn: ({ signal }) => apiGet("retention", {}, retentionView, signal),
  });
}

/** What retention by other limits would drop at once; null asks nothing. */
export function useRetentionDryRun(change: RetentionChange | null) {
  return useQuery({
    queryKey: [...keys.retention(), "dry-run", change],
    enabled: change !== null,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => apiSend("PUT", "retention", { query: { dryRun: "true" }, body: change }, retentionDryRun),
  });
}

export function useSaveRetention() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: RetentionChange) => apiSend("PUT", "retention", { body }, retentionView),
    onSuccess: (saved) => cache.setQueryData(keys.retention(), saved),
  });
}
