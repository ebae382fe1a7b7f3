/** What the rooms of routers do to the query cache. */
import type { QueryClient } from "@tanstack/react-query";
import type { RouterDetail, RouterList } from "@/contracts/http";
import { roomPayloads } from "@/contracts/live";
import { keys } from "../keys";
import type { Range } from "../range";
import type { RoomHandler } from "./live-rooms";
import { parsed, put } from "./room-handlers";

export function routersRoom(cache: QueryClient, environment: string, range: Range): RoomHandler {
  const apply = (data: RouterList) => put<RouterList>(cache, keys.routers(environment, range), data);
  return {
    snapshot: parsed(roomPayloads.routers.data, apply),
    delta: parsed(roomPayloads.routers.patch, apply),
    replaces: true,
  };
}

/** A router of which nothing was seen stays what the query said of it. */
export function routerRoom(cache: QueryClient, environment: string, router: string, range: Range): RoomHandler {
  const apply = (data: RouterDetail | null) => {
    if (data) put<RouterDetail>(cache, keys.router(environment, router, range), data);
  };
  return {
    snapshot: parsed(roomPayloads.router.data, apply),
    delta: parsed(roomPayloads.router.patch, apply),
    replaces: true,
  };
}
