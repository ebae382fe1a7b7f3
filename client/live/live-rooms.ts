/**
 * One socket of this tab, many rooms. A gap in the numbers, an unreadable message or a reconnect leads to a new
 * subscription; nothing is guessed. Knows nothing of React nor of the query cache.
 */
import type { Socket } from "socket.io-client";
import {
  deltaMessage,
  type LiveClientToServer,
  type LiveServerToClient,
  resetMessage,
  snapshotMessage,
} from "@/contracts/live";
import { INITIAL_LIVE_STATUS, type LiveStatus } from "./live-status";
import { followDelta } from "./room-sequence";

/** A server that closes the connection may be restarting; whether the session is over shows at the next attempt. */
const KNOCK_AGAIN_AFTER_MS = 500;
const REFUSALS: Record<string, string> = {
  unauthenticated: "you are signed out",
  forbidden: "this session may not read",
};

export type LiveSocket = Socket<LiveServerToClient, LiveClientToServer>;

/** What to do with a room's messages; false = not understood. */
export interface RoomHandler {
  snapshot(data: unknown): boolean;
  delta(patch: unknown): boolean;
}

export interface LiveRooms {
  /** Subscribes while at least one caller is in the room; returns the way out. */
  join(room: string, handler: RoomHandler): () => void;
  close(): void;
}

interface Room {
  handler: RoomHandler;
  members: number;
  seq: number | null;
}

export function createLiveRooms(socket: LiveSocket, onStatus: (status: LiveStatus) => void): LiveRooms {
  const joined = new Map<string, Room>();
  let status = INITIAL_LIVE_STATUS;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function report(change: Partial<LiveStatus>) {
    status = { ...status, ...change };
    onStatus(status);
  }
  function subscribe(name: string) {
    const room = joined.get(name);
    if (!room || !socket.connected) return;
    room.seq = null;
    socket.emit("subscribe", { room: name }, (answer) => {
      if ("error" in answer) report({ problem: answer.error.message });
    });
  }
  function restart(name: string, missed: number) {
    report({ dropped: status.dropped + missed });
    subscribe(name);
  }

  socket.on("connect", () => {
    report({ state: "live", problem: null });
    for (const name of joined.keys()) subscribe(name);
  });
  function knockAgain() {
    clearTimeout(timer);
    timer = setTimeout(() => socket.connect(), KNOCK_AGAIN_AFTER_MS);
  }

  socket.on("disconnect", (reason) => {
    report({ state: "offline", problem: null });
    if (reason === "io server disconnect") knockAgain();
  });
  socket.on("connect_error", (error) => {
    const refused = !socket.active && error.message !== "unavailable";
    report({
      state: refused ? "refused" : "offline",
      problem: refused ? (REFUSALS[error.message] ?? error.message) : null,
    });
    if (!socket.active && !refused) knockAgain();
  });
  socket.on("snapshot", (raw) => {
    const message = snapshotMessage.safeParse(raw);
    const room = message.success ? joined.get(message.data.room) : undefined;
    if (!message.success || !room) return;
    if (room.handler.snapshot(message.data.data)) room.seq = message.data.seq;
    else report({ dropped: status.dropped + 1, problem: `A snapshot of ${message.data.room} could not be read.` });
  });
  socket.on("delta", (raw) => {
    const message = deltaMessage.safeParse(raw);
    const room = message.success ? joined.get(message.data.room) : undefined;
    if (!message.success || !room) return;
    const step = followDelta(room.seq, message.data.seq);
    if (step.action === "resubscribe") restart(message.data.room, step.missed);
    if (step.action !== "apply") return;
    if (room.handler.delta(message.data.patch)) room.seq = step.seq;
    else restart(message.data.room, 1);
  });
  socket.on("reset", (raw) => {
    const message = resetMessage.safeParse(raw);
    if (message.success) restart(message.data.room, message.data.dropped ?? 0);
  });

  return {
    join(name, handler) {
      const room = joined.get(name);
      if (room) room.members += 1;
      else {
        joined.set(name, { handler, members: 1, seq: null });
        subscribe(name);
      }
      return () => {
        const current = joined.get(name);
        if (!current) return;
        current.members -= 1;
        if (current.members > 0) return;
        joined.delete(name);
        if (socket.connected) socket.emit("unsubscribe", { room: name }, () => undefined);
      };
    },
    close() {
      clearTimeout(timer);
      joined.clear();
      socket.disconnect();
    },
  };
}
