import { afterEach, expect, it, vi } from "vitest";
import type { PushGap } from "@/contracts/source";
import { createEmitter } from "./create-emitter";
import type { WireEvent } from "./event";
import { type Push, type PushProblem, push } from "./push";
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

it("tells Signalbox what its buffer could not keep, before anything newer, until that is answered", async () => {
  const heard: unknown[] = [];
  server = await startTestServer();
  let answers = 0;
  const namespace = server.io.of("/telemetry");
  namespace.on("connection", (socket) => {
    socket.on("gap", (gap: PushGap, answer: (body: unknown) => void) => {
      heard.push([gap.from, gap.to]);
      answers += 1;
      answer(answers === 1 ? { error: { code: "unavailable", message: "later", retryAfterMs: 1 } } : { stored: true });
    });
    socket.on("telemetry", ({ events }: { events: WireEvent[] }, answer: (body: unknown) => void) => {
      heard.push(...events.map((event) => event.type));
      answer({ accepted: events.length });
    });
  });
  const emitter = createEmitter({ service: "chat", capacity: 2 });
  for (const type of ["one", "two", "three", "four", "five"]) emitter.emit({ stage: "emitted", type });
  const problems: PushProblem[] = [];
  pushed = push(emitter, server.url, "the-key", { onError: (problem) => problems.push(problem) });
  await vi.waitFor(() => expect(heard).toEqual([[0, 3], "four", "five", [0, 3]]));
  await vi.waitFor(() => expect(pushed.state()).toMatchObject({ status: "connected", lost: 3 }));
  expect(problems.map(({ code }) => code)).toEqual(["overflow", "unavailable"]);

  for (const socket of namespace.sockets.values()) socket.conn.close();
  await vi.waitFor(() => expect(pushed.state().status).toBe("connecting"));
  for (const type of ["six", "seven", "eight"]) emitter.emit({ stage: "emitted", type });
  await vi.waitFor(() => expect(heard.slice(4)).toEqual([[5, 6], "seven", "eight"]), { timeout: 5_000 });
  expect(pushed.state().lost).toBe(4);
});

it("asks ever more rarely while its key is refused, says so, and goes on as soon as it is taken", async () => {
  server = await startTestServer();
  let valid = false;
  const seen: unknown[] = [];
  const namespace = server.io.of("/telemetry");
  namespace.use((_socket, next) =>
    next(valid ? undefined : Object.assign(new Error("unauthorized"), { data: { code: "unauthorized" } })),
  );
  namespace.on("connection", (socket) =>
    socket.on("telemetry", ({ events }: { events: WireEvent[] }, answer: (body: unknown) => void) => {
      if (!valid) return answer({ error: { code: "unauthorized", message: "this key is not valid any more" } });
      seen.push(...events.map((event) => event.type));
      answer({ accepted: events.length });
    }),
  );
  const emitter = createEmitter({ service: "chat" });
  const problems: PushProblem[] = [];
  pushed = push(emitter, server.url, "the-key", {
    refusedRetry: { minMs: 8, maxMs: 64 },
    onError(problem) {
      problems.push(problem);
      throw new Error("a host that throws");
    },
  });
  emitter.emit({ stage: "emitted", type: "one" });
  await vi.waitFor(() => expect(problems.length).toBeGreaterThanOrEqual(5));
  expect(pushed.state()).toMatchObject({ status: "refused", lastProblem: { code: "unauthorized" } });
  const waits = problems.slice(0, 5).map(({ retryInMs }) => retryInMs ?? 0);
  for (const [i, wait] of waits.entries()) {
    const fullMs = Math.min(64, 8 * 2 ** i);
    expect(wait).toBeGreaterThanOrEqual(fullMs / 2);
    expect(wait).toBeLessThanOrEqual(fullMs);
  }

  valid = true;
  await vi.waitFor(() => expect(seen).toEqual(["one"]), { timeout: 5_000 });
  expect(pushed.state().status).toBe("connected");

  // Revoked while connected: nothing more is sent at full pace either.
  valid = false;
  emitter.emit({ stage: "emitted", type: "two" });
  await vi.waitFor(() => expect(pushed.state().status).toBe("refused"));
  valid = true;
  await vi.waitFor(() => expect(seen).toEqual(["one", "two"]), { timeout: 5_000 });
});
