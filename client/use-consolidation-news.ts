"use client";
import { useQueryClient } from "@tanstack/react-query";
import { consolidationRoom } from "./live/consolidation-rooms";
import { useLiveRoom } from "./live/live-provider";
import { rooms } from "./live/room-names";

/** Campaigns are kept up to date live; scans and runs of suites are fetched when another one came. */
export function useConsolidationNews(environment: string | null): void {
  const cache = useQueryClient();
  const room = environment === null ? null : rooms.consolidation(environment);
  useLiveRoom(room, () => consolidationRoom(cache, environment ?? ""));
}
