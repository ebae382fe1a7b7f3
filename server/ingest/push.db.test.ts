import { io, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { type IngestKit, KEYS, startIngestKit, testAccess, until, wireEvent } from "./testing/ingest-kit";

const keys = { ...KEYS };
const access = testAccess(keys);
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
    await vi.waitFor(() => expect(socket.connected).toBe(false), { timeout: 5_000 });
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
    expect(logged("a pushed batch could not be taken")).toMatch(/"failure":"TypeError".*push\.db\.test\.ts/);
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
});
