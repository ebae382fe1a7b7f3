import { io, type Socket } from "socket.io-client";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { ChatFrame } from "./chat/protocol";
import { type Demo, startDemo } from "./start-demo";

let demo: Demo;
const sockets: Socket[] = [];

async function start(overrides: Partial<Parameters<typeof startDemo>[0]> = {}) {
  demo = await startDemo({
    layer: "fragmented",
    seed: "7",
    port: 0,
    users: 0,
    rate: 0,
    token: "stream-token",
    idPrefix: "t",
    speed: 20,
    beats: 0,
    ...overrides,
  });
}

function connect(url: string, auth: Record<string, unknown>): Socket {
  const socket = io(url, { auth, transports: ["websocket"], forceNew: true, reconnection: false });
  sockets.push(socket);
  return socket;
}

async function signIn(user: string): Promise<string> {
  const answer = await fetch(`${demo.url}/sign-in/${user}`, { method: "POST" });
  return ((await answer.json()) as { token: string }).token;
}

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await demo.stop();
});

describe.each(["fragmented", "consolidated"] as const)("a person on the chat page, %s routers", (layer) => {
  it("signs in, asks, and gets every step of the answer", async () => {
    await start({ layer });
    const socket = connect(demo.chatUrl, { token: await signIn("guest-1") });
    const frames: ChatFrame[] = [];
    socket.on("agent", (frame: ChatFrame, confirm: () => void) => {
      frames.push(frame);
      confirm();
    });
    const answer = await socket.emitWithAck("message", {
      type: "user_message",
      messageId: "m1",
      threadId: "t1",
      text: "Hi",
    });
    expect(answer).toEqual({ status: "ok" });
    await vi.waitFor(() => expect(frames.at(-1)?.type).toBe("agent_completed"));
    expect(frames.map((frame) => frame.type).slice(0, 2)).toEqual(["agent_started", "agent_thinking"]);
    expect(frames.every((frame) => frame.inReplyTo === "m1")).toBe(true);
  });
});

describe("the demo's doors", () => {
  it("nobody chats without a token", async () => {
    await start();
    const error = await new Promise<Error>((resolve) => {
      connect(demo.chatUrl, { token: "guest-1.forged" }).on("connect_error", resolve);
    });
    expect(error.message).toBe("unauthorized");
  });

  it("nobody reads the telemetry without its token", async () => {
    await start();
    const error = await new Promise<Error>((resolve) => {
      connect(demo.telemetryUrl, { token: "guess", cursor: null }).on("connect_error", resolve);
    });
    expect(error.message).toBe("unauthorized");
  });

  it("a page of another origin opens no socket", async () => {
    await start();
    const attempt = await fetch(`${demo.url}/socket.io/?EIO=4&transport=polling`, {
      headers: { origin: "http://elsewhere.example" },
    });
    expect(attempt.status).toBe(403);
  });

  it("serves the page, its files and the list of users, and nothing else", async () => {
    await start({ users: 2, signalboxUrl: "http://localhost:3000" });
    for (const path of ["/", "/chat.js", "/chat.css", "/socket.io/socket.io.min.js"]) {
      expect((await fetch(demo.url + path)).status, path).toBe(200);
    }
    expect(await (await fetch(`${demo.url}/config`)).json()).toEqual({
      users: ["guest-1", "guest-2", "guest-3", "alice", "ben"],
      guests: 3,
      signalboxUrl: "http://localhost:3000",
      environment: null,
    });
    expect((await fetch(`${demo.url}/sign-in/stranger`, { method: "POST" })).status).toBe(404);
    expect((await fetch(`${demo.url}/main.ts`)).status).toBe(404);
  });
});

it("survives a client that sends nonsense, and reports it", async () => {
  await start();
  const reported: { errorCode?: string }[] = [];
  connect(demo.telemetryUrl, { token: "stream-token", cursor: null }).on("telemetry", (batch, acknowledge) => {
    reported.push(...batch.events);
    acknowledge({});
  });
  const socket = connect(demo.chatUrl, { token: await signIn("guest-1") });
  for (const nonsense of [null, 7, [], {}, { type: "user_message" }])
    socket.emit("message", nonsense, "not a function");
  await vi.waitFor(() => expect(reported.filter((event) => event.errorCode === "malformed").length).toBe(5));
});

it("stopping tells the subscriber that everybody left", async () => {
  await start({ users: 6, rate: 4, beats: 40 });
  const closed: unknown[] = [];
  const opened: unknown[] = [];
  const codes = new Set<unknown>();
  connect(demo.telemetryUrl, { token: "stream-token", cursor: null }).on("telemetry", (batch, acknowledge) => {
    for (const event of batch.events) {
      if (event.stage === "connection_opened" && !event.attributes?.snapshot) opened.push(event.connectionId);
      if (event.stage === "connection_closed") {
        closed.push(event.connectionId);
        codes.add(event.attributes.closeCode);
      }
    }
    acknowledge({});
  });
  await demo.finished;
  await demo.stop();
  expect(opened.length).toBeGreaterThan(5);
  expect([...closed].sort()).toEqual([...opened].sort());
  expect(codes).toContain(1000);
  expect(codes).not.toContain(1008);
});
