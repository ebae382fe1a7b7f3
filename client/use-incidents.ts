"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { incidentList } from "@/contracts/http";
import { apiGet } from "./api";
import { type IncidentFilters, incidentParameters } from "./incident-filters";
import { keys } from "./keys";
import { useLiveRoom } from "./live/live-provider";
import { incidentsRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";

/** Leaks found in this environment, newest first, kept up to date live. */
export function useIncidents(environment: string | null, filters: IncidentFilters) {
  const cache = useQueryClient();
  useLiveRoom(environment === null ? null : rooms.incidents(environment), () =>
    incidentsRoom(cache, environment ?? ""),
  );
  return useQuery({
    queryKey: keys.incidents(environment ?? "", filters),
    enabled: environment !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      apiGet("incidents", { environment, limit: 100, ...incidentParameters(filters) }, incidentList, signal),
  });
}
