"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { sourceList } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { useLiveRoom } from "./live/live-provider";
import { sourcesRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";

/** The subscribed sources and the data-quality notes of this environment, kept up to date live. */
export function useSources(environment: string | null) {
  const cache = useQueryClient();
  useLiveRoom(environment === null ? null : rooms.sources(environment), () => sourcesRoom(cache, environment ?? ""));
  return useQuery({
    queryKey: keys.sources(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("sources", { environment }, sourceList, signal),
  });
}
