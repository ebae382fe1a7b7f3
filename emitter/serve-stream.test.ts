import { afterEach, describe, expect, it, vi } from "vitest";
import { createEmitter } from "./create-emitter";
import type { WireEvent } from "./event";
import { startTestServer, type TestServer } from "./testing/socket-pair";

let server: TestServer;
afterEach(() => server.close());

const make = () => createEmitter({ service: "chat", instance: "chat-1", version: "1.0.0" });

describe("serve", () => {
  it("refuses a subscriber without the token", async () => {
    server = await startTestServer();
    make().serve(server.io, { token: "right" });
    for (const auth of [{}, { token: "wrong", cursor: null }, { token: ["right"], cursor: null }]) {
      const error = await new Promise<Error>((resolve) => {
        server.client("/signalbox", auth).on("connect_error", resolve);
      });
      expect(error).toMatchObject({ message: "unauthorized", data: { code: "unauthorized" } });
    }
  });

  it("does not start without a token", async () => {
    server = await startTestServer();
    expect(() => make().serve(server.io, { token: "" })).toThrow("token");
  });

  it("streams events as they happen and resumes from the cursor after a cut", async () => {
    server = await startTestServer();
    const emitter = make();
    emitter.serve(server.io, { token: "right" });
    const seen: string[] = [];
    let cursor: string | null = null;
    const subscribe = () => {
      const socket = server.client("/signalbox", { token: "right", cursor });
      socket.on("telemetry", (batch: { cursor: string; events: WireEvent[] }, ack: (answer: unknown) => void) => {
        seen.push(...batch.events.map((event) => event.type ?? ""));
        cursor = batch.cursor;
        ack({ cursor: batch.cursor, accepted: batch.events.length, duplicates: 0, rejectedTotal: 0 });
      });
      return socket;
    };

    const socket = subscribe();
    emitter.emit({ stage: "emitted", type: "one" });
    await vi.waitFor(() => expect(seen).toEqual(["one"]));
    socket.disconnect();
    await vi.waitFor(() => expect(emitter.stats().subscribers).toBe(0));
    emitter.emit({ stage: "emitted", type: "two" });
    subscribe();
    await vi.waitFor(() => expect(seen).toEqual(["one", "two"]));
  });

  it("serves on a namespace of the host's choice", async () => {
    server = await startTestServer();
    const emitter = make();
    emitter.serve(server.io.of("/own"), { token: "right" });
    emitter.emit({ stage: "emitted", type: "one" });
    const batch = await new Promise<{ events: WireEvent[] }>((resolve) => {
      server.client("/own", { token: "right", cursor: null }).on("telemetry", resolve);
    });
    expect(batch.events[0]?.type).toBe("one");
  });

  it("flush waits until the subscriber has everything, and no longer than it may", async () => {
    server = await startTestServer();
    const emitter = make();
    emitter.serve(server.io, { token: "right" });
    let acknowledge = true;
    const socket = server.client("/signalbox", { token: "right", cursor: null });
    const seen: WireEvent[] = [];
    socket.on("telemetry", (batch: { events: WireEvent[] }, ack: (answer: unknown) => void) => {
      seen.push(...batch.events);
      if (acknowledge) ack({});
    });
    await vi.waitFor(() => expect(emitter.stats().subscribers).toBe(1));
    emitter.emit({ stage: "emitted", type: "one" });
    await emitter.flush(5_000);
    expect(seen.length).toBe(1);

    acknowledge = false;
    emitter.emit({ stage: "emitted", type: "two" });
    await emitter.flush(20);
    await vi.waitFor(() => expect(seen.length).toBe(2));
  });
});
