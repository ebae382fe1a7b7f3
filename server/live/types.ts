import type { Namespace, Socket } from "socket.io";
import type { LiveClientToServer, LiveServerToClient } from "@/contracts/live";
import type { AccessControl } from "@/server/access/create-access";
import type { Principal } from "@/server/access/principal";
import type { JudgedChange } from "@/server/judge/types";
import type { Queries } from "@/server/queries/create-queries";

export interface LiveSocketData {
  principal: Principal;
}
type NoEvents = Record<never, never>;
export type LiveNamespace = Namespace<LiveClientToServer, LiveServerToClient, NoEvents, LiveSocketData>;
export type LiveSocket = Socket<LiveClientToServer, LiveServerToClient, NoEvents, LiveSocketData>;

export interface LiveDependencies {
  access: AccessControl;
  queries: Queries;
  nowMs: () => number;
  log: { warn(fields: object, message: string): void };
}

/** One room with everybody in it. */
export interface OpenRoom {
  /** Sends the socket a snapshot and then every delta. */
  admit(socket: LiveSocket): void;
  remove(socket: LiveSocket): void;
  readonly empty: boolean;
  readonly dropped: number;
  /** Something was judged in the room's environment. */
  judged(change: JudgedChange): void;
  /** A source connected, broke or reported. */
  sourcesChanged(): void;
  /** Called every few seconds: what changes by mere passing of time. */
  tick(): void;
  close(): void;
}
