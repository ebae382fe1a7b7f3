import type { LiveSocket } from "./types";

type Connection = LiveSocket["conn"];

const waiting = new WeakMap<Connection, number>();

/** Counts, from now on, the messages that wait because the connection cannot take them yet. */
export function watchWaiting({ conn }: LiveSocket): void {
  if (waiting.has(conn)) return;
  waiting.set(conn, 0);
  conn.on("packetCreate", () => waiting.set(conn, (waiting.get(conn) ?? 0) + 1));
  conn.on("flush", () => waiting.set(conn, 0));
}

/** Messages made for this connection and not handed to it. */
export function waitingMessages({ conn }: LiveSocket): number {
  return waiting.get(conn) ?? 0;
}
