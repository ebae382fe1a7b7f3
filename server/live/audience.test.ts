import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { Server } from "socket.io";
import { io as connect, type Socket } from "socket.io-client";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createAudience } from "./audience";
import type { LiveNamespace, LiveSocket } from "./types";
import { watchWaiting } from "./waiting-messages";

const ROOM = "journeys@slow";
const http = createServer();
const io = new Server(http, { serveClient: false });
const nsp: LiveNamespace = io.of("/live");
const clients: Socket[] = [];

beforeAll(async () => {
  await new Promise<void>((listening) => http.listen(0, "127.0.0.1", listening));
});
afterAll(async () => {
  for (const client of clients) client.disconnect();
  await io.close();
});

interface Heard {
  client: Socket;
  served: LiveSocket;
  seqs: number[];
  resets: { room: string; dropped: number }[];
}

async function join(): Promise<Heard> {
  const arrived = new Promise<LiveSocket>((resolve) => nsp.once("connection", resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/live`;
  const client = connect(url, { transports: ["websocket"], forceNew: true, reconnection: false });
  clients.push(client);
  const served = await arrived;
  watchWaiting(served);
  const heard: Heard = { client, served, seqs: [], resets: [] };
  client.on("delta", ({ seq }: { seq: number }) => heard.seqs.push(seq));
  client.on("reset", (message: Heard["resets"][number]) => heard.resets.push(message));
  return heard;
}

/** The TCP connection below the client: paused, it reads nothing, as a browser on a dead line. */
function line(client: Socket): { pause(): void; resume(): void } {
  const { transport } = client.io.engine as unknown as { transport: { ws: { _socket: ReturnType<typeof line> } } };
  return transport.ws._socket;
}

it("a subscriber that cannot keep up is reset and told how much it missed, the others hear every delta", async () => {
  const audience = createAudience(nsp, ROOM);
  const [quick, slow] = [await join(), await join()];
  for (const { served } of [quick, slow]) audience.admit(served, null);
  await vi.waitFor(() => expect(slow.client.connected && quick.client.connected).toBe(true));
  line(slow.client).pause();
  const patch = { filler: "x".repeat(200_000) };
  let told = 0;
  while (audience.dropped < 20 && told < 2_000) {
    audience.tell(patch);
    told += 1;
    await vi.waitFor(() => expect(quick.seqs.length).toBe(told), { interval: 1 });
    await turn();
  }
  expect(audience.dropped).toBe(20);
  expect(quick.seqs).toEqual(Array.from({ length: told }, (_, n) => n + 1));
  line(slow.client).resume();
  await vi.waitFor(() => expect(slow.resets).toEqual([{ room: ROOM, dropped: 20 }]), 20_000);
  expect(slow.seqs).toEqual(Array.from({ length: told - 20 }, (_, n) => n + 1));
  audience.admit(slow.served, null);
  audience.tell({});
  await vi.waitFor(() => expect(slow.seqs.at(-1)).toBe(told + 1));
});
