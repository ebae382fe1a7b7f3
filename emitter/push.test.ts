import { afterEach, expect, it, vi } from "vitest";
import { createEmitter } from "./create-emitter";
import type { WireEvent } from "./event";
import { type Push, push } from "./push";
import { startTestServer, type TestServer } from "./testing/socket-pair";

let server: TestServer;
let pushed: Push;
afterEach(async () => {
  pushed.close();
  await server.close();
});

type Take = (body: { events: WireEvent[] }, answer: (body: unknown) => void) => void;

async function start(take: Take) {
  server = await startTestServer();
  const keys: unknown[] = [];
  server.io.of("/telemetry").on("connection", (socket) => {
    keys.push(socket.handshake.auth.key);
    socket.on("telemetry", take);
  });
  const emitter = createEmitter({ service: "chat", instance: "chat-1", version: "1.0.0" });
  pushed = push(emitter, server.url, "the-key");
  return { emitter, keys };
}

it("pushes with its key what is emitted, in order", async () => {
  const seen: unknown[] = [];
  const { emitter, keys } = await start(({ events }, answer) => {
    seen.push(...events.map((event) => event.type));
    answer({ accepted: events.length, duplicates: 0, rejected: [], rejectedTotal: 0 });
  });
  emitter.emit({ stage: "emitted", type: "one" });
  emitter.emit({ stage: "emitted", type: "two" });
  await vi.waitFor(() => expect(seen).toEqual(["one", "two"]));
  expect(keys).toEqual(["the-key"]);
});

it("sends a batch again that was refused for now", async () => {
  const seen: unknown[] = [];
  let refusals = 2;
  const { emitter } = await start(({ events }, answer) => {
    if (refusals > 0) {
      refusals -= 1;
      return answer({ error: { code: "queue_full", message: "later", retryAfterMs: 1 } });
    }
    seen.push(...events.map((event) => event.type));
    answer({ accepted: events.length, duplicates: 0, rejected: [], rejectedTotal: 0 });
  });
  emitter.emit({ stage: "emitted", type: "one" });
  await vi.waitFor(() => expect(seen).toEqual(["one"]));
  expect(refusals).toBe(0);
});

it("sends again after a reconnect what was not confirmed, and nothing that was", async () => {
  const seen: unknown[] = [];
  let confirm = true;
  const { emitter } = await start(({ events }, answer) => {
    seen.push(...events.map((event) => event.type));
    if (confirm) answer({ accepted: events.length, duplicates: 0, rejected: [], rejectedTotal: 0 });
  });
  emitter.emit({ stage: "emitted", type: "one" });
  await emitter.flush(5_000);
  await vi.waitFor(() => expect(seen).toEqual(["one"]));
  confirm = false;
  emitter.emit({ stage: "emitted", type: "two" });
  await vi.waitFor(() => expect(seen).toEqual(["one", "two"]));
  confirm = true;
  // The transport breaks, and the client reconnects by itself.
  for (const socket of server.io.of("/telemetry").sockets.values()) socket.conn.close();
  await vi.waitFor(() => expect(seen).toEqual(["one", "two", "two"]), { timeout: 5_000 });
});
