"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type SloView, sloView, type TargetsChange } from "@/contracts/http";
import { type ApiError, apiGet, apiSend } from "./api";
import { keys } from "./keys";
import { sloRoom } from "./live/alert-rooms";
import { useLiveRoom } from "./live/live-provider";
import { rooms } from "./live/room-names";

/** Objectives of this environment, kept up to date live. */
export function useSlo(environment: string | null) {
  const cache = useQueryClient();
  useLiveRoom(environment === null ? null : rooms.slo(environment), () => sloRoom(cache, environment ?? ""));
  return useQuery({
    queryKey: keys.slo(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("slo", { environment }, sloView, signal),
  });
}

export function useSaveTargets(environment: string) {
  const cache = useQueryClient();
  return useMutation<SloView, ApiError, TargetsChange>({
    mutationFn: (body) => apiSend("PUT", "slo", { query: { environment }, body }, sloView),
    onSuccess: (saved) => cache.setQueryData(keys.slo(environment), saved),
  });
}
