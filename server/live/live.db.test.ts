import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { io as connect, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { JourneyRow } from "@/contracts/http";
import type { JourneysPatch, LiveAck } from "@/contracts/live";
import { createAllowRequest } from "@/server/access/allow-request";
import { createKey, revokeKey } from "@/server/access/keys";
import { digest } from "@/server/access/secret";
import { seedJourneys, seedRollup } from "@/server/http/testing/seed";
import { ADMIN_KEY, createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { eventually } from "@/server/storage/testing/eventually";
import { attachLive, type Live } from "./attach-live";

interface Message {
  kind: "snapshot" | "delta" | "reset";
  room: string;
  seq: number;
  data?: unknown;
  patch?: unknown;
  atMs: number;
}

let test: TestApp;
let io: Server;
let live: Live;
const sockets: Socket[] = [];

beforeAll(async () => {
  test = await createTestApp();
  io = new Server(test.app.server, { allowRequest: createAllowRequest(test.access), serveClient: false });
  live = attachLive(io, {
    access: test.access,
    queries: test.queries,
    nowMs: () => test.clock.nowMs,
    log: { warn: () => undefined },
  });
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(async () => {
  live.close();
  await io.close();
  await test.close();
});

function open(auth: Record<string, string>, headers: Record<string, string> = {}) {
  const socket = connect(`${test.url}/live`, {
    auth,
    extraHeaders: headers,
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
  });
  sockets.push(socket);
  const messages: Message[] = [];
  for (const kind of ["snapshot", "delta", "reset"] as const) {
    socket.on(kind, (message: Omit<Message, "kind" | "atMs">) =>
      messages.push({ ...message, kind, atMs: performance.now() }),
    );
  }
  const subscribe = (room: string) => socket.emitWithAck("subscribe", { room }) as Promise<LiveAck>;
  return { socket, messages, subscribe };
}

async function refusalOf(client: ReturnType<typeof open>): Promise<string> {
  return new Promise((resolve) => {
    client.socket.on("connect_error", (error) => resolve(error.message));
    client.socket.on("connect", () => resolve("connected"));
  });
}

function row(id: string, status: JourneyRow["status"] = "running", environment = "live"): JourneyRow {
  return {
    id,
    key: `r:${id}`,
    environment,
    status,
    owner: "u",
    startedAt: new Date(test.clock.nowMs).toISOString(),
    endedAt: null,
    durationMs: null,
    brokenAt: null,
    brokenBy: null,
    findings: [],
    routers: [],
    versions: [],
    eventCount: 1,
  };
}
const change = (journeys: JourneyRow[], environment = "live") => ({
  environment,
  journeys,
  removed: [],
  users: ["u"],
  incidentsChanged: false,
});
const deltas = (messages: Message[]) => messages.filter(({ kind }) => kind === "delta");

describe("/live", () => {
  it("lets in a read key and a session, and nobody else", async () => {
    expect(await refusalOf(open({ key: ADMIN_KEY }))).toBe("connected");
    expect(await refusalOf(open({}, { cookie: await test.signIn() }))).toBe("connected");
    expect(await refusalOf(open({}))).toBe("unauthenticated");
    expect(await refusalOf(open({ key: "nonsense" }))).toBe("unauthenticated");
    expect(await refusalOf(open({ key: await test.makeKey("ingest", ["live"]) }))).toBe("forbidden");
    expect(await refusalOf(open({ key: ADMIN_KEY }, { origin: "https://evil.example" }))).not.toBe("connected");
    expect(await refusalOf(open({ key: ADMIN_KEY }, { origin: test.url }))).toBe("connected");
    expect(await refusalOf(open({ key: ADMIN_KEY }, { host: "evil.example" }))).not.toBe("connected");
  });

  it("keeps a key to the rooms of its environments", async () => {
    const client = open({ key: await test.makeKey("read", ["mine"]) });
    expect(await client.subscribe("journeys@mine")).toEqual({ ok: true });
    expect(await client.subscribe("journeys@theirs")).toMatchObject({ error: { code: "environment_not_allowed" } });
    expect(await client.subscribe("secrets@mine")).toMatchObject({ error: { code: "bad_room" } });
    live.publish(change([row("x", "failed", "theirs")], "theirs"));
    live.publish(change([row("y", "failed", "mine")], "mine"));
    await eventually(() => expect(deltas(client.messages)).toHaveLength(1));
    expect(JSON.stringify(client.messages)).not.toContain("r:x");
  });

  it("sends a snapshot, then numbered deltas without a gap, at most ten a second", async () => {
    const client = open({ key: ADMIN_KEY });
    await client.subscribe("journeys@live");
    await eventually(() => expect(client.messages[0]?.kind).toBe("snapshot"));
    let published = 0;
    await new Promise<void>((done) => {
      const timer = setInterval(() => {
        live.publish(change([row(`j-${published % 20}`, published >= 180 ? "failed" : "running")]));
        published += 1;
        if (published < 200) return;
        clearInterval(timer);
        done();
      }, 4);
    });
    const latest = () =>
      new Map(
        deltas(client.messages).flatMap(({ patch }) => (patch as JourneysPatch).upserts.map((r) => [r.key, r.status])),
      );
    await eventually(() => expect([...latest().values()].filter((status) => status === "failed")).toHaveLength(20));
    const seqs = client.messages.map(({ seq }) => seq);
    expect(seqs).toEqual(seqs.map((_, n) => (seqs[0] ?? 0) + n));
    const times = deltas(client.messages).map(({ atMs }) => atMs);
    const seconds = Math.max(1, ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000);
    expect(times.length / seconds).toBeLessThanOrEqual(11);
  });

  it("bounds one delta and says how much it left out", async () => {
    const client = open({ key: ADMIN_KEY });
    await client.subscribe("journeys@live");
    await eventually(() => expect(client.messages).toHaveLength(1));
    live.publish(change(Array.from({ length: 450 }, (_, n) => row(`many-${n}`))));
    const patches = () => deltas(client.messages).map(({ patch }) => patch as JourneysPatch);
    await eventually(() => expect(patches().some(({ omitted }) => omitted > 0)).toBe(true));
    expect(patches().reduce((sum, { upserts, omitted }) => sum + upserts.length + omitted, 0)).toBe(450);
    expect(Math.max(...patches().map(({ upserts }) => upserts.length))).toBeLessThanOrEqual(100);
  });

  it("tells a journey's room the new verdict, to the first and to a later subscriber", async () => {
    await seedJourneys(test.db, [{ id: "watched", environment: "live", status: "running" }]);
    const [first, second] = [open({ key: ADMIN_KEY }), open({ key: ADMIN_KEY })];
    await first.subscribe("journey:watched@live");
    await eventually(() => expect(first.messages[0]?.data).toMatchObject({ id: "watched", status: "running" }));
    await test.db.prisma.journey.update({
      where: { environment_key: { environment: "live", key: "r:watched" } },
      data: { status: "failed", revision: 2 },
    });
    live.publish(change([row("other")]));
    live.publish(change([row("watched", "failed")]));
    await eventually(() => expect(deltas(first.messages)).toHaveLength(1));
    expect(deltas(first.messages)[0]?.patch).toMatchObject({ status: "failed", revision: 2 });
    await second.subscribe("journey:watched@live");
    await eventually(() => expect(second.messages[0]).toMatchObject({ seq: 1, data: { status: "failed" } }));
  });

  it("recomputes the overview once for all subscribers, and only after a change", async () => {
    const compute = vi.spyOn(test.queries, "overview");
    const clients = [open({ key: ADMIN_KEY }), open({ key: ADMIN_KEY }), open({ key: ADMIN_KEY })];
    for (const client of clients) await client.subscribe("overview:60@live");
    await eventually(() => expect(clients.every(({ messages }) => messages.length === 1)).toBe(true));
    await seedRollup(test.db, new Date(test.clock.nowMs - 600_000), { "status/failed": 4 }, "live");
    for (let n = 0; n < 50; n += 1) live.publish(change([row(`o-${n}`)]));
    await eventually(() => expect(clients.every(({ messages }) => deltas(messages).length === 1)).toBe(true));
    expect(deltas(clients[2]?.messages ?? [])[0]?.patch).toMatchObject({ reliability: { bad: 4, ratio: 0 } });
    expect(compute.mock.calls.length).toBeLessThanOrEqual(3);
    compute.mockRestore();
  });

  it("counts what happened to a user and what a source does", async () => {
    const client = open({ key: ADMIN_KEY });
    await client.subscribe("user:u@live");
    await client.subscribe("sources@live");
    await eventually(() => expect(client.messages).toHaveLength(2));
    live.publish(change([row("a")]));
    await test.db.prisma.source.create({
      data: { id: "src", environment: "live", url: "http://h:1", state: "connected" },
    });
    live.sourcesChanged();
    await eventually(() => expect(deltas(client.messages)).toHaveLength(2));
    expect(deltas(client.messages).find(({ room }) => room === "user:u@live")?.patch).toEqual({ events: 1 });
    expect(deltas(client.messages).find(({ room }) => room === "sources@live")?.patch).toMatchObject({
      items: [{ id: "src" }],
    });
  });

  it("lets a key enter no more rooms in a minute than it may ask for", async () => {
    const limit = { requestsPerMinute: 3 };
    const made = await createKey(
      test.db,
      { name: "x", role: "read", environments: ["live"], ...limit },
      test.clock.nowMs,
    );
    const client = open({ key: made.secret });
    const answers = [];
    for (const room of ["journeys@live", "incidents@live", "sources@live"]) answers.push(await client.subscribe(room));
    expect(answers).toEqual([
      { ok: true },
      { ok: true },
      { error: expect.objectContaining({ code: "too_many_requests" }) },
    ]);
    expect(await refusalOf(open({ key: made.secret }))).toBe("too_many_requests");
  });

  it("writes down who watches a user", async () => {
    const client = open({}, { cookie: await test.signIn("Wanda") });
    expect(await client.subscribe("user:eve@live")).toEqual({ ok: true });
    expect(await client.subscribe("journeys@live")).toEqual({ ok: true });
    const entries = await test.db.prisma.auditEntry.findMany({
      where: { actorName: "Wanda", action: "timeline_read" },
    });
    expect(entries).toMatchObject([{ target: "eve", environment: "live", address: "127.0.0.1" }]);
  });

  it("closes the sockets of a revoked key and an ended session within five seconds, and no others", async () => {
    const key = await test.makeKey("read", ["live"]);
    const cookie = await test.signIn("Grace");
    const [byKey, bySession, stays] = [open({ key }), open({}, { cookie }), open({ key: ADMIN_KEY })];
    for (const client of [byKey, bySession, stays]) await client.subscribe("journeys@live");
    const reasons: string[] = [];
    for (const { socket } of [byKey, bySession]) socket.on("disconnect", (reason) => reasons.push(reason));
    const stored = await test.db.prisma.accessKey.findUniqueOrThrow({ where: { hash: digest(key) } });
    await revokeKey(test.db, stored.id, { nowMs: test.clock.nowMs, revokedBy: "Ada" });
    await fetch(`${test.url}/sign-out`, { method: "POST", headers: { cookie }, redirect: "manual" });
    await eventually(() => expect([byKey, bySession].map(({ socket }) => socket.connected)).toEqual([false, false]), {
      timeout: 5_000,
    });
    expect(stays.socket.connected).toBe(true);
    expect(reasons).toEqual(["io server disconnect", "io server disconnect"]);
  });

  it("is found again by open clients, without their doing, after a clean restart on the same port", async () => {
    const serve = async (port: number) => {
      const http = createServer();
      const server = new Server(http, { serveClient: false });
      const { access, queries } = test;
      const rooms = attachLive(server, {
        access,
        queries,
        nowMs: () => test.clock.nowMs,
        log: { warn: () => undefined },
      });
      await new Promise<void>((done) => http.listen(port, "127.0.0.1", done));
      const stop = async () => {
        rooms.close();
        await server.close();
      };
      return { stop, port: (http.address() as AddressInfo).port };
    };
    const before = await serve(0);
    const socket = connect(`http://127.0.0.1:${before.port}/live`, {
      auth: { key: ADMIN_KEY },
      transports: ["websocket"],
      reconnectionDelay: 20,
      reconnectionDelayMax: 100,
      forceNew: true,
    });
    sockets.push(socket);
    const reasons: string[] = [];
    const snapshots: string[] = [];
    socket.on("disconnect", (reason) => reasons.push(reason));
    socket.on("snapshot", ({ room }: { room: string }) => snapshots.push(room));
    socket.on("connect", () => socket.emit("subscribe", { room: "sources@live" }));
    await eventually(() => expect(snapshots).toHaveLength(1));
    await before.stop();
    await eventually(() => expect(reasons).toEqual(["transport close"]));
    expect(socket.active).toBe(true);
    const after = await serve(before.port);
    await eventually(() => expect(snapshots).toEqual(["sources@live", "sources@live"]));
    await after.stop();
  });
});
