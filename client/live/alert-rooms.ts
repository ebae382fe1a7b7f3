import type { QueryClient } from "@tanstack/react-query";
import type { AlertList, FiringAlerts, SloView } from "@/contracts/http";
import { roomPayloads } from "@/contracts/live";
import { keys } from "../keys";
import type { RoomHandler } from "./live-rooms";
import { parsed, put, whilePaused } from "./room-handlers";

/** What stands. What a look at the rules may have changed beside it is fetched again, where it is shown. */
export function alertsRoom(cache: QueryClient, environment: string): RoomHandler {
  const apply = (data: AlertList) => {
    put<AlertList>(cache, keys.alerts(environment), data);
    for (const queryKey of [keys.alertRules(environment), ["silences", environment], ["alert-history", environment]]) {
      void cache.invalidateQueries({ queryKey });
    }
  };
  return {
    snapshot: parsed(roomPayloads.alerts.data, apply),
    delta: parsed(roomPayloads.alerts.patch, apply),
    replaces: true,
  };
}

/** How many fire is told at once, also while a page holds still. */
export function firingAlertsRoom(cache: QueryClient, environment: string): RoomHandler {
  const apply = (data: FiringAlerts) => put<FiringAlerts>(cache, keys.firingAlerts(environment), data);
  const { data, patch } = roomPayloads["firing-alerts"];
  return {
    snapshot: parsed(data, apply),
    delta: parsed(patch, apply),
    whilePaused: whilePaused(patch, apply, () => false),
    replaces: true,
  };
}

export function sloRoom(cache: QueryClient, environment: string): RoomHandler {
  const apply = (data: SloView) => put<SloView>(cache, keys.slo(environment), data);
  return {
    snapshot: parsed(roomPayloads.slo.data, apply),
    delta: parsed(roomPayloads.slo.patch, apply),
    replaces: true,
  };
}
