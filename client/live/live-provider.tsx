"use client";
/** Opens the tab's one live socket and puts its state into the query cache. */
import { skipToken, useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { io } from "socket.io-client";
import { LIVE_NAMESPACE } from "@/contracts/live";
import { keys } from "../keys";
import { createLiveRooms, type LiveRooms, type RoomHandler } from "./live-rooms";
import { INITIAL_LIVE_STATUS, type LiveStatus } from "./live-status";

const LiveContext = createContext<LiveRooms | null>(null);

export function LiveProvider({ children }: { children: ReactNode }) {
  const cache = useQueryClient();
  const [rooms, setRooms] = useState<LiveRooms | null>(null);
  useEffect(() => {
    const socket = io(LIVE_NAMESPACE, { transports: ["websocket"], reconnectionDelayMax: 10_000 });
    const live = createLiveRooms(socket, (status) => cache.setQueryData<LiveStatus>(keys.liveStatus(), status));
    setRooms(live);
    return () => live.close();
  }, [cache]);
  return <LiveContext value={rooms}>{children}</LiveContext>;
}

/** Whether the page holds still, how much waits and was dropped, and the way to and fro. */
export function usePause(): { paused: boolean; waiting: number; dropped: number; toggle: () => void } {
  const rooms = useContext(LiveContext);
  const { paused, waiting, dropped } = useLiveStatus();
  return { paused, waiting, dropped, toggle: () => (paused ? rooms?.resume() : rooms?.pause()) };
}

/** How the live connection of this tab is doing. */
export function useLiveStatus(): LiveStatus {
  return useQuery<LiveStatus>({ queryKey: keys.liveStatus(), queryFn: skipToken }).data ?? INITIAL_LIVE_STATUS;
}

/** Keeps the room open while mounted; null = no room. The handler is made anew when the room changes. */
export function useLiveRoom(room: string | null, handler: () => RoomHandler): void {
  const rooms = useContext(LiveContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the room's name stands for everything the handler closes over
  useEffect(() => {
    if (rooms && room !== null) return rooms.join(room, handler());
  }, [rooms, room]);
}
