"use client";
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FiringAlerts } from "@/contracts/http";
import { keys } from "./keys";
import { firingAlertsRoom } from "./live/alert-rooms";
import { useLiveRoom } from "./live/live-provider";
import { rooms } from "./live/room-names";
import { useHydrated } from "./use-hydrated";

/** How many alerts of this environment fire; null until the server has said so. */
export function useFiringAlerts(environment: string | null): number | null {
  const cache = useQueryClient();
  useLiveRoom(environment === null ? null : rooms.firingAlerts(environment), () =>
    firingAlertsRoom(cache, environment ?? ""),
  );
  const queryKey = keys.firingAlerts(environment ?? "");
  const { data } = useQuery<FiringAlerts>({ queryKey, queryFn: skipToken });
  // The room may answer before the bar has come to life, which must find what the server drew.
  return useHydrated() ? (data?.firing ?? null) : null;
}
