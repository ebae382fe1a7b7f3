import type { QueryClient } from "@tanstack/react-query";
import type { AlertList } from "@/contracts/http";
import { roomPayloads } from "@/contracts/live";
import { keys } from "../keys";
import type { RoomHandler } from "./live-rooms";
import { parsed, put } from "./room-handlers";

const idsOf = (list: AlertList | undefined) => new Set(list?.items.map(({ id }) => id));

/** What stands; where an alert is gone from it the history is fetched again. */
export function alertsRoom(cache: QueryClient, environment: string): RoomHandler {
  const apply = (data: AlertList) => {
    const before = idsOf(cache.getQueryData<AlertList>(keys.alerts(environment)));
    put<AlertList>(cache, keys.alerts(environment), data);
    const now = idsOf(data);
    if ([...before].every((id) => now.has(id))) return;
    void cache.invalidateQueries({ queryKey: ["alert-history", environment] });
  };
  return {
    snapshot: parsed(roomPayloads.alerts.data, apply),
    delta: parsed(roomPayloads.alerts.patch, apply),
    replaces: true,
  };
}
