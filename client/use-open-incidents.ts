"use client";
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import type { OpenIncidents } from "@/contracts/http";
import { keys } from "./keys";
import { useLiveRoom } from "./live/live-provider";
import { openIncidentsRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";
import { useHydrated } from "./use-hydrated";

/** How many incidents of this environment wait for somebody; null until the server has said so. */
export function useOpenIncidents(environment: string | null): OpenIncidents | null {
  const cache = useQueryClient();
  useLiveRoom(environment === null ? null : rooms.openIncidents(environment), () =>
    openIncidentsRoom(cache, environment ?? ""),
  );
  const queryKey = keys.openIncidents(environment ?? "");
  const { data } = useQuery<OpenIncidents>({ queryKey, queryFn: skipToken });
  // The room may answer before the bar has come to life, which must find what the server drew.
  return useHydrated() ? (data ?? null) : null;
}
