/** The sockets in one room: numbered messages in order, and nobody so slow that the server fills up behind them. */
import type { LiveNamespace, LiveSocket } from "./types";
import { waitingMessages } from "./waiting-messages";

/** Messages that may wait for one connection before its subscriptions are dropped. */
const MAX_WAITING = 64;

export interface Audience {
  readonly size: number;
  readonly seq: number;
  /** Lets a socket in with the state as of now; it hears every delta after it. */
  admit(socket: LiveSocket, data: unknown): void;
  remove(socket: LiveSocket): void;
  /** Sends the next delta to everybody; who is too far behind gets `reset` instead as soon as it can hear again. */
  tell(patch: unknown): void;
  readonly dropped: number;
}

export function createAudience(nsp: LiveNamespace, room: string): Audience {
  const members = new Set<LiveSocket>();
  const behind = new Map<LiveSocket, number>();
  let seq = 0;
  let dropped = 0;

  function leave(socket: LiveSocket): void {
    members.delete(socket);
    void socket.leave(room);
  }

  /** Deltas stop for this socket at once; the client subscribes again when it hears of it. */
  function fallBehind(socket: LiveSocket): void {
    leave(socket);
    behind.set(socket, 0);
    const caughtUp = () => {
      if (waitingMessages(socket) > 0) return;
      socket.conn.off("drain", caughtUp);
      const missed = behind.get(socket);
      behind.delete(socket);
      if (missed !== undefined && socket.connected) socket.emit("reset", { room, dropped: missed });
    };
    socket.conn.on("drain", caughtUp);
  }

  return {
    get size() {
      return members.size + behind.size;
    },
    get seq() {
      return seq;
    },
    get dropped() {
      return dropped;
    },
    admit(socket, data) {
      if (!socket.connected) return;
      behind.delete(socket);
      members.add(socket);
      void socket.join(room);
      socket.emit("snapshot", { room, seq, data });
    },
    remove(socket) {
      behind.delete(socket);
      leave(socket);
    },
    tell(patch) {
      seq += 1;
      for (const socket of members) if (waitingMessages(socket) > MAX_WAITING) fallBehind(socket);
      for (const [socket, missed] of behind) behind.set(socket, missed + 1);
      dropped += behind.size;
      if (members.size > 0) nsp.to(room).emit("delta", { room, seq, patch });
    },
  };
}
