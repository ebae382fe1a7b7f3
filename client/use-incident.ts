"use client";
import { type QueryClient, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type IncidentChange,
  type IncidentEvent,
  type IncidentHistory,
  type IncidentJourneys,
  type IncidentOccurrences,
  incidentEvidence,
  incidentHistory,
  incidentJourneys,
  incidentOccurrences,
  incidentSummary,
  type OccurrenceRow,
} from "@/contracts/http";
import { type ApiError, apiGet, apiSend } from "./api";
import { keys } from "./keys";
import { useLiveRoom } from "./live/live-provider";
import { incidentRoom, renewIncidentLists } from "./live/room-handlers";
import { rooms } from "./live/room-names";
import { usePaged } from "./settings/use-paged";

/** One incident, kept up to date live. */
export function useIncident(environment: string | null, id: string) {
  const cache = useQueryClient();
  const query = useQuery({
    queryKey: keys.incident(environment ?? "", id),
    queryFn: ({ signal }) => apiGet(path(id), { environment }, incidentSummary, signal),
  });
  const actual = query.data?.environment;
  useLiveRoom(actual === undefined ? null : rooms.incident(actual, id), () =>
    incidentRoom(cache, actual ?? "", environment ?? "", id),
  );
  return query;
}

const path = (id: string) => `incidents/${encodeURIComponent(id)}`;

export function useIncidentHistory(environment: string, id: string) {
  return usePaged<IncidentEvent, IncidentHistory>({
    queryKey: keys.incidentList(environment, id, "history"),
    path: `${path(id)}/history`,
    query: { environment, limit: 50 },
    schema: incidentHistory,
    enabled: true,
  });
}

export function useIncidentJourneys(environment: string, id: string) {
  return usePaged<IncidentJourneys["items"][number], IncidentJourneys>({
    queryKey: keys.incidentList(environment, id, "journeys"),
    path: `${path(id)}/journeys`,
    query: { environment, limit: 20 },
    schema: incidentJourneys,
    enabled: true,
  });
}

export function useIncidentOccurrences(environment: string, id: string) {
  return usePaged<OccurrenceRow, IncidentOccurrences>({
    queryKey: keys.incidentList(environment, id, "occurrences"),
    path: `${path(id)}/occurrences`,
    query: { environment, limit: 20 },
    schema: incidentOccurrences,
    enabled: true,
  });
}

/** What proves one occurrence, by its key. */
export function useIncidentEvidence(environment: string, id: string, key: string | null) {
  return useQuery({
    queryKey: keys.incidentEvidence(environment, id, key ?? ""),
    enabled: key !== null,
    queryFn: ({ signal }) => apiGet(`${path(id)}/evidence`, { environment, occurrence: key }, incidentEvidence, signal),
  });
}

/** Changes its state or adds a note; the page shows it at once, and what moved on meanwhile after a refusal. */
export function useChangeIncident(environment: string, id: string) {
  const cache = useQueryClient();
  return useMutation<void, ApiError, IncidentChange>({
    mutationFn: async (change) => {
      const changed = await apiSend("PATCH", path(id), { query: { environment }, body: change }, incidentSummary);
      for (const named of [environment, ""]) {
        cache.setQueryData(keys.incident(named, id), (known: unknown) => known && changed);
      }
      renewIncidentLists(cache, environment, id);
    },
    onError: ({ status }) => (status === 409 ? renew(cache, id) : undefined),
  });
}

function renew(cache: QueryClient, id: string) {
  return cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === "incident" && queryKey[2] === id });
}
