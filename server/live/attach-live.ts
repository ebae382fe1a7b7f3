/** The namespace /live: who may hear what, rooms opened on demand and closed when the last one leaves. */
import type { Server } from "socket.io";
import { LIVE_NAMESPACE, type LiveAck, subscribeRequest } from "@/contracts/live";
import { actorOf } from "@/server/access/audit";
import { maySee } from "@/server/access/principal";
import { usedUp } from "@/server/access/rate-limits";
import type { JudgedChange } from "@/server/judge/types";
import { authenticateSocket } from "./authenticate-socket";
import { openRoom } from "./open-room";
import { parseRoom } from "./parse-room";
import type { LiveDependencies, LiveNamespace, LiveSocket, OpenRoom } from "./types";
import { watchWaiting } from "./waiting-messages";

const MAX_ROOMS_PER_SOCKET = 50;
/** Revoked keys and sessions lose their sockets within two of these. */
const CHECK_MS = 2_000;
const TICK_MS = 5_000;

export interface Live {
  /** Tells the rooms what a judging transaction changed, after its commit. */
  publish(change: JudgedChange): void;
  /** A person changed an incident. */
  incidentsChanged(environment: string): void;
  /** Alerts of this environment were looked at. */
  alertsChanged(environment: string): void;
  /** Something of this environment was told through a channel. */
  deliveriesChanged(environment: string): void;
  /** A source's state changed. */
  sourcesChanged(): void;
  connectedSockets(): number;
  droppedDeltas(): number;
  /** Drops the connections, so that open pages come back by themselves after a restart, and stops the timers. */
  close(): void;
}

/** Serves /live on `io`. Its owner passes the origin check to `io` as `allowRequest`; it is repeated here. */
export function attachLive(io: Server, dependencies: LiveDependencies): Live {
  const { access, log } = dependencies;
  const nsp: LiveNamespace = io.of(LIVE_NAMESPACE);
  const rooms = new Map<string, { environment: string; open: OpenRoom }>();
  let droppedByClosedRooms = 0;

  nsp.use(async (socket, next) => {
    try {
      const known = await authenticateSocket(access, socket);
      if (!known.ok) return next(refusal(known.code));
      socket.data.principal = known.principal;
      next();
    } catch (error) {
      log.warn({ err: error }, "a live handshake failed");
      next(refusal("unavailable"));
    }
  });

  nsp.on("connection", (socket) => {
    const joined = new Set<string>();
    watchWaiting(socket);
    socket.on("subscribe", (raw: unknown, ack: unknown) => {
      subscribe(socket, joined, raw)
        .catch((error: unknown) => {
          log.warn({ err: error }, "a live room could not be entered");
          return refused("unavailable", "The room cannot be opened right now.");
        })
        .then((content) => answer(ack, content));
    });
    socket.on("unsubscribe", (raw: unknown, ack: unknown) => {
      const request = subscribeRequest.safeParse(raw);
      if (request.success && joined.delete(request.data.room)) leave(socket, request.data.room);
      answer(ack, { ok: true });
    });
    socket.on("disconnect", () => {
      for (const name of joined) leave(socket, name);
    });
  });

  async function subscribe(socket: LiveSocket, joined: Set<string>, raw: unknown): Promise<LiveAck> {
    const request = subscribeRequest.safeParse(raw);
    const room = request.success ? parseRoom(request.data.room) : null;
    if (!request.success || !room) return refused("bad_room", "There is no room of this name.");
    if (!maySee(socket.data.principal, room.environment)) {
      return refused("environment_not_allowed", "This key does not cover that environment.");
    }
    const { principal } = socket.data;
    const allowance = access.take(principal, "requests", 1);
    if (allowance?.ok === false) return refused("too_many_requests", usedUp(allowance));
    const name = request.data.room;
    if (!joined.has(name) && joined.size >= MAX_ROOMS_PER_SOCKET) {
      return refused("too_many_rooms", `A connection may be in ${MAX_ROOMS_PER_SOCKET} rooms.`);
    }
    joined.add(name);
    if (room.kind === "user") {
      const actor = actorOf(principal, access.addressOf(socket.request));
      const { environment, id } = room;
      await access.record({ actor, action: "timeline_read", environment, target: id, repeats: true });
      if (!joined.has(name) || !socket.connected) return { ok: true };
    }
    const existing = rooms.get(name);
    const open = existing?.open ?? openRoom(nsp, name, room, dependencies);
    if (!existing) rooms.set(name, { environment: room.environment, open });
    open.admit(socket);
    return { ok: true };
  }

  function leave(socket: LiveSocket, name: string): void {
    const room = rooms.get(name);
    room?.open.remove(socket);
    if (!room?.open.empty) return;
    droppedByClosedRooms += room.open.dropped;
    room.open.close();
    rooms.delete(name);
  }

  async function closeRevoked(): Promise<void> {
    const principals = new Map([...nsp.sockets.values()].map(({ data }) => [data.principal.id, data.principal]));
    for (const principal of principals.values()) {
      if (await access.stillHolds(principal)) continue;
      for (const socket of nsp.sockets.values()) {
        if (socket.data.principal.id === principal.id) socket.disconnect(true);
      }
    }
  }

  const check = setInterval(() => {
    closeRevoked().catch((error: unknown) => log.warn({ err: error }, "revoked sockets could not be looked for"));
  }, CHECK_MS);
  const tick = setInterval(() => {
    for (const { open } of rooms.values()) open.tick();
  }, TICK_MS);

  const publish = (change: JudgedChange) => {
    for (const { environment, open } of rooms.values()) if (environment === change.environment) open.judged(change);
  };

  const nothingJudged = { journeys: [], removed: [], users: [], incidentsChanged: false };

  return {
    publish,
    incidentsChanged: (environment) => publish({ environment, ...nothingJudged, incidentsChanged: true }),
    alertsChanged: (environment) => publish({ environment, ...nothingJudged, alertsChanged: true }),
    deliveriesChanged: (environment) => publish({ environment, ...nothingJudged, deliveriesChanged: true }),
    sourcesChanged() {
      for (const { open } of rooms.values()) open.sourcesChanged();
    },
    connectedSockets: () => nsp.sockets.size,
    droppedDeltas: () => [...rooms.values()].reduce((sum, { open }) => sum + open.dropped, droppedByClosedRooms),
    close() {
      clearInterval(check);
      clearInterval(tick);
      for (const { open } of rooms.values()) open.close();
      rooms.clear();
      // `disconnect()` would tell the client that it is sent away, and it would not come back.
      for (const socket of nsp.sockets.values()) socket.conn.close();
    },
  };
}

function refused(code: string, message: string): LiveAck {
  return { error: { code, message } };
}

function refusal(code: string): Error {
  return Object.assign(new Error(code), { data: { code } });
}

/** Clients may leave the acknowledgement out, or send anything in its place. */
function answer(ack: unknown, content: LiveAck): void {
  if (typeof ack === "function") ack(content);
}
