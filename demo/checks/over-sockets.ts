/** What people get over real connections, from a chat of their own that nobody else uses. */
import { io, type Socket } from "socket.io-client";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ChatFrame } from "../chat/protocol";
import type { LayerName } from "../layers/layers";
import { type Demo, startDemo } from "../start-demo";

const WITHIN = { timeout: 20_000 };

export function overSockets(layer: LayerName): void {
  let demo: Demo;
  const sockets: Socket[] = [];

  beforeEach(async () => {
    const nobody = { users: 0, rate: 0, beats: 0 };
    demo = await startDemo({ layer, seed: "7", port: 0, token: "unused", idPrefix: "check", speed: 20, ...nobody });
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) socket.disconnect();
    await demo.stop();
  });

  async function person(name: string) {
    const signedIn = await fetch(`${demo.url}/sign-in/${name}`, { method: "POST" });
    const { token } = (await signedIn.json()) as { token: string };
    const options = { transports: ["websocket"], forceNew: true, reconnection: false };
    const socket = io(demo.chatUrl, { ...options, auth: { token } });
    sockets.push(socket);
    const inbox: ChatFrame[] = [];
    socket.on("agent", (frame: ChatFrame, confirm: () => void) => {
      inbox.push(frame);
      confirm();
    });
    await new Promise<void>((resolve) => socket.once("connect", resolve));
    const ask = (messageId: string, type = "user_message") =>
      socket.emitWithAck("message", { type, messageId, threadId: `${name}-thread`, text: "Hi" });
    return { inbox, ask };
  }

  describe("over real connections", () => {
    it("a person gets every step of the answer", async () => {
      const { inbox, ask } = await person("guest-1");
      await ask("m1");
      await vi.waitFor(() => expect(inbox.at(-1)?.type).toBe("agent_completed"), WITHIN);
      expect(inbox.map(({ type }) => type).slice(0, 2)).toEqual(["agent_started", "agent_thinking"]);
    });

    it("two people who ask at the same moment each get their own answer", async () => {
      const [first, second] = [await person("guest-1"), await person("guest-2")];
      await Promise.all([first.ask("m1"), second.ask("m2")]);
      const ended = () => [...first.inbox, ...second.inbox].filter(({ type }) => type === "agent_completed").length;
      await vi.waitFor(() => expect(ended()).toBeGreaterThanOrEqual(2), WITHIN);
      expect(new Set(first.inbox.map(({ inReplyTo }) => inReplyTo))).toEqual(new Set(["m1"]));
      expect(new Set(second.inbox.map(({ inReplyTo }) => inReplyTo))).toEqual(new Set(["m2"]));
    });
  });
}
