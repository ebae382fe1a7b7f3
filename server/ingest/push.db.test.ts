import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createEmitter, push } from "@/emitter";
import type { Principal } from "@/server/access/principal";
import { createRateLimits } from "@/server/access/rate-limits";
import { eventually } from "@/server/storage/testing/eventually";
import { journeyRow } from "@/server/storage/testing/journey-row";
import { type IngestKit, KEYS, startIngestKit, testAccess, until, wireEvent } from "./testing/ingest-kit";

const limits = createRateLimits(Date.now);
const keys: Record<string, Principal> = {
  ...KEYS,
  "limited-key": {
    ...{ kind: "key", id: "k-limited", name: "limited", role: "ingest", environments: ["production"] },
    limits: { requestsPerMinute: null, eventsPerMinute: 5 },
  },
};
const access = { ...testAccess(keys), take: limits.take };
let broken: Error | null = null;
let kit: IngestKit;
let full = false;
const sockets: Socket[] = [];
beforeAll(async () => {
  kit = await startIngestKit({
    access: {
      ...access,
      fromKey: async (secret) => {
        if (broken) throw broken;
        return access.fromKey(secret);
      },
    },
    storageFull: () => full,
  });
});
afterEach(() => {
  full = false;
  broken = null;
  for (const socket of sockets.splice(0)) socket.disconnect();
});
afterAll(() => kit.close());

function connect(auth: Record<string, unknown>, headers: Record<string, string> = {}): Socket {
  const socket = io(`${kit.url}/telemetry`, {
    auth,
    extraHeaders: headers,
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
  });
  sockets.push(socket);
  return socket;
}

const refusal = (socket: Socket) =>
  new Promise((resolve) => socket.once("connect_error", (error: Error & { data?: unknown }) => resolve(error.data)));

describe("push over Socket.IO", () => {
  it("acknowledges with the batch answer after the commit", async () => {
    const event = wireEvent({ service: "pusher" });
    const answer = await connect({ key: "ingest-key" }).emitWithAck("telemetry", {
      sentAt: Date.now() - 3_000,
      events: [event, {}],
    });
    expect(answer).toEqual({
      accepted: 1,
      duplicates: 0,
      rejected: [{ index: 1, id: null, code: "missing_field", message: "id: required" }],
      rejectedTotal: 1,
    });
    const row = await kit.db.prisma.telemetryEvent.findFirstOrThrow({ where: { id: String(event.id) } });
    expect(row).toMatchObject({ environment: "production", sourceId: null });
    expect(row.clockOffsetMs).toBeGreaterThanOrEqual(3_000);
  });

  it.each([
    ["no key", {}, {}, "unauthorized"],
    ["a key that is no string", { key: { $gt: "" } }, {}, "unauthorized"],
    ["an unknown key", { key: "guess" }, {}, "unauthorized"],
    ["a read key", { key: "read-key" }, {}, "forbidden"],
    ["a foreign page", { key: "ingest-key" }, { origin: "https://evil.test" }, "origin_not_allowed"],
  ])("refuses %s at the handshake", async (_name, auth, headers, code) => {
    expect(await refusal(connect(auth, headers))).toEqual({ code });
  });

  it("answers errors as errors: a batch of another shape, too many items, no space", async () => {
    const socket = connect({ key: "ingest-key" });
    expect(await socket.emitWithAck("telemetry", { events: "none" })).toMatchObject({
      error: { code: "invalid_body" },
    });
    expect(await socket.emitWithAck("telemetry", { events: new Array(10_001).fill(0) })).toMatchObject({
      error: { code: "too_many_items" },
    });
    full = true;
    const refused = await socket.emitWithAck("telemetry", { events: [wireEvent()] });
    expect(refused).toEqual({ error: { code: "storage_full", message: expect.any(String), retryAfterMs: 60_000 } });
    expect(await kit.post([wireEvent()])).toMatchObject({ status: 503, body: { error: { code: "storage_full" } } });
  });

  it("drops the socket of a revoked key within five seconds, and takes nothing more from it", async () => {
    keys.short = { ...KEYS["ingest-key"], id: "k-short" } as (typeof keys)[string];
    const socket = connect({ key: "short" });
    await until(() => expect(socket.connected).toBe(true));
    delete keys.short;
    expect(await socket.emitWithAck("telemetry", { events: [wireEvent()] })).toMatchObject({
      error: { code: "unauthorized" },
    });
    await eventually(() => expect(socket.connected).toBe(false), { timeout: 5_000 });
  });

  it("logs what it could not do and where, without a word of what was pushed", async () => {
    const socket = connect({ key: "ingest-key" });
    await until(() => expect(socket.connected).toBe(true));
    broken = new TypeError('Unexpected token in "my private words"');
    expect(await socket.emitWithAck("telemetry", { events: [wireEvent()] })).toMatchObject({
      error: { code: "internal" },
    });
    expect(await refusal(connect({ key: "ingest-key" }))).toEqual({ code: "unavailable" });
    const logged = (message: string) => kit.logs.find((line) => line.includes(message));
    expect(logged("what was pushed could not be taken")).toMatch(/"failure":"TypeError".*push\.db\.test\.ts/);
    expect(logged("a push handshake failed")).toContain('"failure":"TypeError"');
    expect(kit.logs.join("")).not.toContain("private words");
  });

  it("binary parts are rejected, and a missing acknowledgement breaks nothing", async () => {
    const socket = connect({ key: "ingest-key" });
    socket.emit("telemetry", { events: [wireEvent()] });
    const answer = await socket.emitWithAck("telemetry", {
      events: [wireEvent({ payload: Buffer.from("bytes") }), wireEvent()],
    });
    expect(answer).toMatchObject({ accepted: 1, rejected: [{ index: 0, code: "invalid_item" }] });
  });

  it("takes no more than the key's minute allows, and says when to come back", async () => {
    const socket = connect({ key: "limited-key" });
    const push = (count: number) =>
      socket.emitWithAck("telemetry", { events: Array.from({ length: count }, () => wireEvent()) });
    expect(await push(4)).toMatchObject({ accepted: 4 });
    const refused = { code: "too_many_requests", message: "this key may send 5 events a minute" };
    expect(await push(2)).toMatchObject({ error: { ...refused, retryAfterMs: expect.closeTo(60_000, -4) } });
    expect(await push(1)).toMatchObject({ accepted: 1 });
    expect((await push(1)).error.code).toBe("too_many_requests");
  });

  it("shows a pusher that names its service as a source, and stores a gap once however often it is announced", async () => {
    const id = "push:staging/chat";
    const row = () =>
      kit.db.prisma.source.findUniqueOrThrow({
        where: { id },
        include: { sourceOutages: { orderBy: { id: "asc" } } },
      });
    const socket = connect({ key: "ingest-key", service: "chat", environment: "staging" });
    await until(async () => expect(await row()).toMatchObject({ state: "connected", environment: "staging" }));
    const event = wireEvent({ environment: "staging" });
    await socket.emitWithAck("telemetry", { events: [event, event] });
    expect(await row()).toMatchObject({ accepted: 1n, duplicates: 1n, rejected: 0n });
    const stored = await kit.db.prisma.telemetryEvent.findFirstOrThrow({ where: { id: String(event.id) } });
    expect(stored.sourceId).toBe(id);

    await kit.db.prisma.journey.create({ data: journeyRow("r:waits", "running", "staging") });
    const announce = (from: number, to: number) => socket.emitWithAck("gap", { epoch: "e1", from, to, sinceMs: 0 });
    expect(await announce(10, 15)).toEqual({ stored: true });
    expect(await announce(8, 30)).toEqual({ stored: true });
    expect(await announce(40, 41)).toEqual({ stored: true });
    const { sourceOutages, lastReceivedAt } = await row();
    expect(sourceOutages).toMatchObject([
      { kind: "gap", lost: 22n, fromAt: lastReceivedAt },
      { kind: "gap", lost: 1n },
    ]);
    const marks = await kit.db.prisma.dirtyMark.findMany({ where: { kind: "journey", environment: "staging" } });
    expect(marks[0]?.key).toBe("r:waits");

    expect(await announce(9, 9)).toMatchObject({ error: { code: "invalid_body" } });
    const nameless = connect({ key: "ingest-key" });
    expect(await nameless.emitWithAck("gap", { epoch: "e1", from: 1, to: 2, sinceMs: 0 })).toMatchObject({
      error: { code: "no_service" },
    });
    socket.disconnect();
    await until(async () => expect(await row()).toMatchObject({ state: "disconnected" }));
  });

  it("says no environment for a pusher that its key may not use", async () => {
    const socket = connect({ key: "ingest-key", service: "chat", environment: "elsewhere" });
    await until(() => expect(socket.connected).toBe(true));
    expect(await kit.db.prisma.source.findUnique({ where: { id: "push:elsewhere/chat" } })).toBeNull();
    expect(await kit.db.prisma.source.findUnique({ where: { id: "push:production/chat" } })).not.toBeNull();
  });
});

describe("an emitter that pushes", () => {
  it("has what its buffer lost stored as a gap, beside what it kept", async () => {
    const emitter = createEmitter({ service: "overrun", environment: "production", capacity: 3 });
    for (let n = 0; n < 10; n++)
      emitter.emit({ id: `kept-${n}`, stage: "emitted", type: "agent_started", runId: "r9" });
    const pushed = push(emitter, kit.url, "ingest-key");
    await until(() => expect(pushed.state()).toMatchObject({ status: "connected", lost: 7 }));
    await emitter.flush(20_000);
    const kept = await kit.db.prisma.telemetryEvent.findMany({ where: { runId: "r9" }, orderBy: { ordinal: "asc" } });
    expect(kept.map(({ id }) => id)).toEqual(["kept-7", "kept-8", "kept-9"]);
    await until(async () =>
      expect(
        await kit.db.prisma.sourceOutage.findMany({ where: { sourceId: "push:production/overrun" } }),
      ).toMatchObject([{ kind: "gap", lost: 7n, fromAt: new Date(emitter.startedAtMs) }]),
    );
    pushed.close();
  });
});
