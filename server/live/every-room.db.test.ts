/** Every kind of live room, and the way in for pushed telemetry, met by everybody who must not hear or say anything. */
import { Server } from "socket.io";
import { io as connect, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type LiveAck, ROOM_KINDS } from "@/contracts/live";
import { PUSH_NAMESPACE } from "@/contracts/source";
import { createAllowRequest } from "@/server/access/allow-request";
import { OWN_ENVIRONMENT, SECRET, seedTheirs, strangers, THEIR_ENVIRONMENT } from "@/server/http/testing/strangers";
import { ADMIN_KEY, createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { createByteBudget } from "@/server/ingest/byte-budget";
import { attachPush } from "@/server/ingest/push";
import { createPushedSources } from "@/server/sources/pushed-sources";
import { attachLive, type Live } from "./attach-live";
import { parseRoom, type Room } from "./parse-room";

let test: TestApp;
let io: Server;
let live: Live;
let refused: Record<string, Record<string, string>>;
const sockets: Socket[] = [];
const log = { warn: () => undefined, error: () => undefined };

beforeAll(async () => {
  test = await createTestApp();
  await seedTheirs(test);
  refused = await strangers(test);
  const { access, queries, db } = test;
  const nowMs = () => test.clock.nowMs;
  io = new Server(test.app.server, { allowRequest: createAllowRequest(access), serveClient: false });
  live = attachLive(io, { access, queries, nowMs, log });
  const ingest = { ingest: async () => expect.unreachable("nobody may send") };
  const sources = createPushedSources({ db, nowMs, onChange: () => undefined, warn: () => undefined });
  attachPush(io, { ingest, access, sources, budget: createByteBudget(2 ** 30), log, nowMs });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  live.close();
  await io.close();
  await test.close();
});

function open(namespace: string, auth: Record<string, string>, headers: Record<string, string> = {}): Socket {
  const options = { auth, extraHeaders: headers, reconnection: false, forceNew: true };
  const socket = connect(`${test.url}${namespace}`, { ...options, transports: ["websocket"] });
  sockets.push(socket);
  return socket;
}
const cameIn = (socket: Socket) =>
  new Promise<string>((resolve) => {
    socket.once("connect", () => resolve("in"));
    socket.once("connect_error", (error) => resolve(error.message));
  });

/** Every name that is a room, of every kind there is. */
const roomsOf = (environment: string) =>
  ROOM_KINDS.flatMap((kind) => ["", ":1", ":1:1"].map((id) => `${kind}${id}@${environment}`)).filter((name) =>
    parseRoom(name),
  );
const kindOf = (name: string): Room["kind"] | undefined => parseRoom(name)?.kind;

describe("every live room", () => {
  it("is of a kind that the contract names, and every kind has a room", () => {
    expect([...new Set(roomsOf("a").map(kindOf))].sort()).toEqual([...ROOM_KINDS].sort());
  });

  it("is out of reach for strangers: the handshake is refused", async () => {
    for (const [who, headers] of Object.entries(refused)) {
      const secret = headers.authorization?.replace("Bearer ", "");
      expect(await cameIn(open("/live", {}, headers)), who).toBe("unauthenticated");
      if (secret) expect(await cameIn(open("/live", { key: secret }, {})), who).toBe("unauthenticated");
    }
    expect(await cameIn(open(`/live?key=${ADMIN_KEY}`, {}))).toBe("unauthenticated");
    expect(await cameIn(open("/live", { key: await test.makeKey("ingest", ["*"]) }))).toBe("forbidden");
  });

  it("is out of reach for foreign pages and under foreign names, even with a session", async () => {
    const cookie = await test.signIn("Ada", "admin");
    expect(await cameIn(open("/live", {}, { cookie, origin: test.url }))).toBe("in");
    for (const origin of ["https://evil.example", "null", "http://localhost:1"]) {
      expect(await cameIn(open("/live", {}, { cookie, origin })), origin).not.toBe("in");
      expect(await cameIn(open("/live", { key: ADMIN_KEY }, { origin })), origin).not.toBe("in");
      const polling = await fetch(`${test.url}/socket.io/?EIO=4&transport=polling`, { headers: { cookie, origin } });
      expect(polling.status, origin).toBe(403);
    }
    expect(await cameIn(open("/live", { key: ADMIN_KEY }, { host: "evil.example" }))).not.toBe("in");
  });

  it("keeps a key to its environments, an admin's too", async () => {
    for (const role of ["read", "admin"] as const) {
      const socket = open("/live", { key: await test.makeKey(role, [OWN_ENVIRONMENT]) });
      const heard: unknown[] = [];
      socket.onAny((...message: unknown[]) => heard.push(message));
      for (const room of roomsOf(THEIR_ENVIRONMENT)) {
        const answer = (await socket.emitWithAck("subscribe", { room })) as LiveAck;
        expect(answer, room).toMatchObject({ error: { code: "environment_not_allowed" } });
      }
      for (const room of roomsOf(OWN_ENVIRONMENT)) {
        expect(await socket.emitWithAck("subscribe", { room }), room).toEqual({ ok: true });
      }
      await expect
        .poll(() => heard.length, { timeout: 10_000 })
        .toBeGreaterThanOrEqual(roomsOf(OWN_ENVIRONMENT).length);
      expect(JSON.stringify(heard)).not.toContain(SECRET);
    }
  });
});

describe("the way in for pushed telemetry", () => {
  it("is closed to strangers, to keys that only read, to foreign pages and to people", async () => {
    for (const [who, headers] of Object.entries(refused)) {
      const secret = headers.authorization?.replace("Bearer ", "");
      expect(await cameIn(open(PUSH_NAMESPACE, secret ? { key: secret } : {}, headers)), who).toBe("unauthorized");
    }
    expect(await cameIn(open(PUSH_NAMESPACE, { key: await test.makeKey("read", ["*"]) }))).toBe("forbidden");
    expect(await cameIn(open(PUSH_NAMESPACE, {}, { cookie: await test.signIn("Ada", "admin") }))).toBe("unauthorized");
    expect(await cameIn(open(PUSH_NAMESPACE, { key: ADMIN_KEY }, { origin: "https://evil.example" }))).not.toBe("in");
    expect(await cameIn(open(PUSH_NAMESPACE, { key: ADMIN_KEY }, { host: "evil.example" }))).not.toBe("in");
    expect(await cameIn(open(PUSH_NAMESPACE, { key: await test.makeKey("ingest", ["own"]) }))).toBe("in");
  });
});
