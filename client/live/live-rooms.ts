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
import { type HeldDeltas, holdDelta, NOTHING_HELD, outdated } from "./held-deltas";
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
  /** `late` = it waited while the page was paused. */
  delta(patch: unknown, late?: boolean): boolean;
  /** While paused: takes from a delta what must not wait, and says whether anything is left that does. */
  whilePaused?(patch: unknown): boolean;
  /** Whether a delta says all that the earlier ones said. */
  replaces?: boolean;
}

export interface LiveRooms {
  /** Subscribes while at least one caller is in the room; returns the way out. */
  join(room: string, handler: RoomHandler): () => void;
  /** From now on what is shown holds still; deltas wait. */
  pause(): void;
  /** Applies what waited, or asks for a new snapshot where it is not enough. */
  resume(): void;
  close(): void;
}

interface Room {
  handler: RoomHandler;
  members: number;
  seq: number | null;
  /** Whether a snapshot was ever applied. */
  shown: boolean;
  held: HeldDeltas;
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
  function reportWaiting(dropped = 0) {
    const waiting = [...joined.values()].reduce((sum, { held }) => sum + held.waiting, 0);
    report({ waiting, dropped: status.dropped + dropped });
  }
  /** A delta that comes while paused: what is missed now is fetched later. */
  function hold(room: Room, seq: number, patch: unknown) {
    const step = followDelta(room.seq, seq);
    if (step.action === "ignore") return;
    room.seq = seq;
    if (step.action === "resubscribe") {
      room.held = outdated(room.held);
      return reportWaiting(step.missed);
    }
    if (room.handler.whilePaused?.(patch) === false) return;
    const { held, dropped } = holdDelta(room.held, patch, room.handler.replaces ?? false);
    room.held = held;
    reportWaiting(dropped ? 1 : 0);
  }
  function release(name: string, room: Room) {
    const { patches, stale } = room.held;
    room.held = NOTHING_HELD;
    if (stale) subscribe(name);
    else if (!patches.every((patch) => room.handler.delta(patch, true))) restart(name, 1);
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
    if (status.paused && room.shown) {
      room.seq = message.data.seq;
      room.held = outdated(room.held);
    } else if (room.handler.snapshot(message.data.data)) {
      room.seq = message.data.seq;
      room.shown = true;
    } else report({ dropped: status.dropped + 1, problem: `A snapshot of ${message.data.room} could not be read.` });
  });
  socket.on("delta", (raw) => {
    const message = deltaMessage.safeParse(raw);
    const room = message.success ? joined.get(message.data.room) : undefined;
    if (!message.success || !room) return;
    if (status.paused) return hold(room, message.data.seq, message.data.patch);
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
        joined.set(name, { handler, members: 1, seq: null, shown: false, held: NOTHING_HELD });
        subscribe(name);
      }
      return () => {
        const current = joined.get(name);
        if (!current) return;
        current.members -= 1;
        if (current.members > 0) return;
        joined.delete(name);
        if (current.held.waiting > 0) reportWaiting();
        if (socket.connected) socket.emit("unsubscribe", { room: name }, () => undefined);
      };
    },
    pause: () => report({ paused: true }),
    resume() {
      report({ paused: false, waiting: 0 });
      for (const [name, room] of joined) release(name, room);
    },
    close() {
      clearTimeout(timer);
      joined.clear();
      socket.disconnect();
    },
  };
}
