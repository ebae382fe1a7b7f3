import { Server } from "socket.io";
import { io as connect, type Socket } from "socket.io-client";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { incidentSummary, openIncidents } from "@/contracts/http";
import { ADMIN_KEY, createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { changeIncident } from "@/server/incidents/change-incident";
import { eventually } from "@/server/storage/testing/eventually";
import { attachLive, type Live } from "./attach-live";

const ENVIRONMENT = "alarmed";
let test: TestApp;
let io: Server;
let live: Live;
const sockets: Socket[] = [];

beforeAll(async () => {
  test = await createTestApp();
  io = new Server(test.app.server, { serveClient: false });
  const { access, queries } = test;
  live = attachLive(io, { access, queries, nowMs: () => test.clock.nowMs, log: { warn: () => undefined } });
  const at = new Date(test.clock.nowMs);
  const about = { environment: ENVIRONMENT, rule: "wrong_recipient", severity: "critical", occurrences: 1 };
  await test.db.prisma.incident.createMany({
    data: ["one", "two"].map((id) => ({ ...about, id, router: id, firstSeenAt: at, lastSeenAt: at })),
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

/** Everything that a room says, snapshot and deltas alike. */
async function listen(room: string): Promise<unknown[]> {
  const socket = connect(`${test.url}/live`, { auth: { key: ADMIN_KEY }, transports: ["websocket"], forceNew: true });
  sockets.push(socket);
  const heard: unknown[] = [];
  socket.on("snapshot", (message: { data: unknown }) => heard.push(message.data));
  socket.on("delta", (message: { patch: unknown }) => heard.push(message.patch));
  expect(await socket.emitWithAck("subscribe", { room })).toEqual({ ok: true });
  await eventually(() => expect(heard).toHaveLength(1));
  return heard;
}

it("who acts on an incident changes its page and the count of open ones elsewhere at once", async () => {
  const counts = await listen(`open-incidents@${ENVIRONMENT}`);
  const page = await listen(`incident:one@${ENVIRONMENT}`);
  expect(openIncidents.parse(counts[0])).toEqual({ open: 2, critical: 2 });
  expect(incidentSummary.parse(page[0])).toMatchObject({ id: "one", status: "open" });
  const wish = { environments: [ENVIRONMENT], id: "one", change: { status: "acknowledged" as const } };
  await changeIncident(test.db, wish, { kind: "session", name: "Ada" }, test.clock.nowMs);
  live.incidentsChanged(ENVIRONMENT);
  await eventually(() => expect(counts.at(-1)).toEqual({ open: 1, critical: 1 }));
  await eventually(() => expect(page.at(-1)).toMatchObject({ status: "acknowledged", acknowledged: { by: "Ada" } }), {
    timeout: 5_000,
  });
  const [nobody] = await listen(`incident:unknown@${ENVIRONMENT}`);
  expect(nobody).toBeNull();
});
