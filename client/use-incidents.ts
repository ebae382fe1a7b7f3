"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { incidentList } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { useLiveRoom } from "./live/live-provider";
import { incidentsRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";

/** Leaks found in this environment, newest first, kept up to date live. */
export function useIncidents(environment: string | null) {
  const cache = useQueryClient();
  useLiveRoom(environment === null ? null : rooms.incidents(environment), () =>
    incidentsRoom(cache, environment ?? ""),
  );
  return useQuery({
    queryKey: keys.incidents(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("incidents", { environment, limit: 100 }, incidentList, signal),
  });
}
