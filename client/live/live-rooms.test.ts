import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server, type Socket } from "socket.io";
import { io } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_HELD } from "./held-deltas";
import { createLiveRooms, type LiveRooms } from "./live-rooms";
import type { LiveStatus } from "./live-status";

const ROOM = "journeys@default";

describe("live rooms", () => {
  let server: Server;
  let rooms: LiveRooms;
  let statuses: LiveStatus[];
  let subscriptions: string[];
  let serverSide: Socket;
  let seen: unknown[];
  const handler = {
    snapshot: (data: unknown) => seen.push(data) > 0,
    delta: (patch: unknown) => patch !== "unreadable" && seen.push(patch) > 0,
  };

  beforeEach(async () => {
    const http = createServer();
    server = new Server(http);
    statuses = [];
    subscriptions = [];
    seen = [];
    server.of("/live").on("connection", (socket) => {
      serverSide = socket;
      socket.on("subscribe", ({ room }: { room: string }, ack: (answer: object) => void) => {
        subscriptions.push(room);
        ack({ ok: true });
        socket.emit("snapshot", { room, seq: 10, data: `snapshot ${subscriptions.length}` });
      });
      socket.on("unsubscribe", ({ room }: { room: string }, ack: (answer: object) => void) => {
        subscriptions.push(`left ${room}`);
        ack({ ok: true });
      });
    });
    await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
    const { port } = http.address() as AddressInfo;
    const socket = io(`http://127.0.0.1:${port}/live`, { transports: ["websocket"], reconnectionDelay: 10 });
    rooms = createLiveRooms(socket, (status) => statuses.push(status));
  });
  afterEach(async () => {
    rooms.close();
    await server.close();
  });

  const delta = (seq: number, patch: unknown) => serverSide.emit("delta", { room: ROOM, seq, patch });

  it("take the snapshot, then deltas in order, each once", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1"]));
    delta(11, "a");
    delta(11, "a again");
    delta(12, "b");
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1", "a", "b"]));
  });

  it("subscribe again after a gap, and count what was missed", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    delta(14, "late");
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1", "snapshot 2"]));
    expect(statuses.at(-1)?.dropped).toBe(3);
  });

  it("subscribe again after a message that cannot be read, and after a reset", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    delta(11, "unreadable");
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1", "snapshot 2"]));
    serverSide.emit("reset", { room: ROOM, dropped: 4 });
    await vi.waitFor(() => expect(seen).toHaveLength(3));
    expect(statuses.at(-1)?.dropped).toBe(5);
  });

  it("subscribe again after a reconnect", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    serverSide.conn.close();
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1", "snapshot 2"]));
    expect(statuses.some((status) => status.state === "offline")).toBe(true);
    expect(statuses.at(-1)?.state).toBe("live");
  });

  it("leave a room when the last one in it leaves", async () => {
    const first = rooms.join(ROOM, handler);
    const second = rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    first();
    second();
    await vi.waitFor(() => expect(subscriptions).toEqual([ROOM, `left ${ROOM}`]));
  });

  it("come back after a server that closed the connection, as it does when it restarts", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    serverSide.disconnect(true);
    await vi.waitFor(() => expect(statuses.at(-1)?.state).toBe("offline"));
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1", "snapshot 2"]), 5_000);
    expect(statuses.at(-1)?.state).toBe("live");
  });

  it("hold deltas while paused and apply them in order afterwards", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    rooms.pause();
    delta(11, "a");
    delta(12, "b");
    await vi.waitFor(() => expect(statuses.at(-1)).toMatchObject({ paused: true, waiting: 2, dropped: 0 }));
    expect(seen).toEqual(["snapshot 1"]);
    rooms.resume();
    expect(seen).toEqual(["snapshot 1", "a", "b"]);
    expect(statuses.at(-1)).toMatchObject({ paused: false, waiting: 0 });
    delta(13, "c");
    await vi.waitFor(() => expect(seen.at(-1)).toBe("c"));
    expect(subscriptions).toEqual([ROOM]);
  });

  it("keep only the newest of deltas that replace each other, and let pass what must not wait", async () => {
    const passed: unknown[] = [];
    const whilePaused = (patch: unknown) => passed.push(patch) > 0 && patch !== "heartbeat";
    rooms.join(ROOM, { ...handler, replaces: true, whilePaused });
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    rooms.pause();
    for (const [index, patch] of ["a", "heartbeat", "b"].entries()) delta(11 + index, patch);
    await vi.waitFor(() => expect(passed).toEqual(["a", "heartbeat", "b"]));
    expect(statuses.at(-1)?.waiting).toBe(2);
    rooms.resume();
    expect(seen).toEqual(["snapshot 1", "b"]);
  });

  it("fetch anew after a pause in which something was missed or did not fit, and count it", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    rooms.pause();
    delta(13, "after a gap");
    await vi.waitFor(() => expect(statuses.at(-1)).toMatchObject({ dropped: 2 }));
    for (let seq = 14; seq <= 14 + MAX_HELD; seq += 1) delta(seq, seq);
    await vi.waitFor(() => expect(statuses.at(-1)).toMatchObject({ waiting: MAX_HELD, dropped: 3 }));
    expect(subscriptions).toEqual([ROOM]);
    rooms.resume();
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1", "snapshot 2"]));
  });

  it("hold still through a reconnect while paused, and show a room that is entered meanwhile", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    rooms.pause();
    serverSide.conn.close();
    await vi.waitFor(() => expect(subscriptions).toHaveLength(2));
    rooms.join("overview:60@default", handler);
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1", "snapshot 3"]));
    rooms.resume();
    await vi.waitFor(() => expect(seen).toEqual(["snapshot 1", "snapshot 3", "snapshot 4"]));
    expect(subscriptions.at(-1)).toBe(ROOM);
  });

  it("say so when the session is over", async () => {
    rooms.join(ROOM, handler);
    await vi.waitFor(() => expect(seen).toHaveLength(1));
    server.of("/live").use((_socket, next) => next(new Error("unauthenticated")));
    serverSide.disconnect(true);
    await vi.waitFor(
      () => expect(statuses.at(-1)).toMatchObject({ state: "refused", problem: "you are signed out" }),
      5_000,
    );
  });
});
