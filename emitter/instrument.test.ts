import { afterEach, describe, expect, it, vi } from "vitest";
import { closeCodeOf } from "./close-code";
import { createEmitter, type Emitter } from "./create-emitter";
import type { WireEvent } from "./event";
import { instrument } from "./instrument";
import { startTestServer, type TestServer } from "./testing/socket-pair";

let server: TestServer;
afterEach(() => server.close());

function watch(emitter: Emitter): WireEvent[] {
  const events: WireEvent[] = [];
  emitter.subscribe(null, {
    telemetry: (batch, acknowledged) => {
      events.push(...(batch.events as WireEvent[]));
      acknowledged();
    },
    gap: () => undefined,
  });
  return events;
}

async function start() {
  server = await startTestServer();
  const emitter = createEmitter({ service: "chat", instance: "chat-1", version: "1.0.0" });
  const instrumentation = instrument(server.io, emitter, { userOf: (socket) => socket.data.userId });
  server.io.use(
    instrumentation.guard((socket, next) => {
      const user = socket.handshake.auth.user;
      if (typeof user !== "string") return next(new Error("no user"));
      socket.data.userId = user;
      next();
    }),
  );
  return watch(emitter);
}

const stages = (events: WireEvent[]) => events.map((event) => event.stage);

describe("instrument", () => {
  it("reports a connection from opened to left, with its user", async () => {
    const events = await start();
    const socket = server.client("/", { user: "u1" });
    await vi.waitFor(() => expect(stages(events)).toEqual(["connection_opened", "connection_authenticated"]));
    expect(events[1]).toMatchObject({ connectionId: socket.id, userId: "u1" });
    expect(Date.parse(events[0]?.time ?? "")).toBeLessThanOrEqual(Date.parse(events[1]?.time ?? ""));
    const connectionId = socket.id;
    socket.disconnect();
    await vi.waitFor(() => expect(events.length).toBe(3));
    expect(events[2]).toMatchObject({
      stage: "connection_closed",
      connectionId,
      userId: "u1",
      attributes: { closeCode: 1000 },
    });
  });

  it("reports a connection that just broke as abnormal", async () => {
    const events = await start();
    const socket = server.client("/", { user: "u1" });
    await vi.waitFor(() => expect(events.length).toBe(2));
    socket.io.engine.close();
    await vi.waitFor(() => expect(events.length).toBe(3));
    expect([1000, 1001]).not.toContain(events[2]?.attributes?.closeCode);
  });

  it("tells the code of a close frame, as of a page that was left", async () => {
    const events = await start();
    const socket = server.client("/", { user: "u1" });
    await vi.waitFor(() => expect(events.length).toBe(2));
    const transport = socket.io.engine.transport as unknown as { ws: { close(code: number): void } };
    transport.ws.close(3001);
    await vi.waitFor(() => expect(events.length).toBe(3));
    expect(events[2]).toMatchObject({ stage: "connection_closed", attributes: { closeCode: 3001 } });
  });

  it("reports a refusal", async () => {
    const events = await start();
    server.client("/", {});
    await vi.waitFor(() => expect(events.length).toBe(1));
    expect(events[0]).toMatchObject({ stage: "connection_rejected", errorCode: "auth_failed", outcome: "error" });
  });

  it.each([
    ["client namespace disconnect", null, 1000],
    ["server shutting down", null, 1001],
    ["server namespace disconnect", null, 1008],
    ["parse error", null, 1002],
    ["transport close", null, 1006],
    ["transport close", 1001, 1001],
    ["ping timeout", null, 1006],
    ["transport error", null, 1006],
  ])("maps %s with close frame %s to %i", (reason, frame, code) => {
    expect(closeCodeOf(reason, frame)).toBe(code);
  });
});
