import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Server } from "socket.io";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createEmitter, type Emitter } from "@/emitter";
import { type IngestKit, startIngestKit, until, wireEvent } from "@/server/ingest/testing/ingest-kit";
import { journeyRow } from "@/server/storage/testing/journey-row";
import { type Sources, startSources } from "./start-sources";

let kit: IngestKit;
let changes = 0;
const cleanUp: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  kit = await startIngestKit({ maxItemsInFlight: 1_000 });
});
afterEach(async () => {
  for (const step of cleanUp.splice(0).reverse()) await step();
});
afterAll(() => kit.close());

interface Router {
  url: string;
  emitter: Emitter;
  io: Server;
  /** Ends every connection as a network does, without a farewell. */
  cut(): void;
  emit(count: number): string[];
}

let port = 0;
let counter = 0;

/** A watched process with a stream under the token "right". */
async function startRouter(options: { capacity?: number; port?: number } = {}): Promise<Router> {
  const http: HttpServer = createServer();
  const io = new Server(http);
  const emitter = createEmitter({ service: "chat", instance: "i1", version: "1", ...options });
  emitter.serve(io, { token: "right" });
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, "127.0.0.1", resolve));
  port = (http.address() as AddressInfo).port;
  cleanUp.push(() => io.close());
  const emit = (count: number) =>
    Array.from({ length: count }, () => {
      const id = `s${++counter}`;
      emitter.emit({ id, stage: "emitted", type: "agent_started", runId: "r1", messageId: `m-${id}` });
      return id;
    });
  const cut = () => {
    for (const socket of io.of("/signalbox").sockets.values()) socket.conn.close(true);
  };
  return { url: `http://127.0.0.1:${port}/signalbox`, emitter, io, cut, emit };
}

async function listen(id: string, url: string, token = "right"): Promise<Sources> {
  const sources = await startSources({
    sources: [{ id, url, token, environment: "production" }],
    db: kit.db,
    ingest: kit.ingest,
    log: { info: () => undefined, warn: () => undefined },
    onChange: () => changes++,
    timing: { reconnectMinMs: 20, reconnectMaxMs: 50, refusedRetryMs: 100, caughtUpAfterMs: 60, saveEveryMs: 20 },
  });
  cleanUp.push(() => sources.stop());
  return sources;
}

const row = (id: string) => kit.db.prisma.source.findUniqueOrThrow({ where: { id } });
const outages = (sourceId: string) =>
  kit.db.prisma.sourceOutage.findMany({ where: { sourceId }, orderBy: { id: "asc" } });
const countOf = (ids: string[]) => kit.db.prisma.telemetryEvent.count({ where: { id: { in: ids } } });

describe("subscriptions", () => {
  it("a cut stream resumes from the cursor: everything is stored once, and the outage is recorded and closed", async () => {
    const router = await startRouter();
    const before = router.emit(10);
    await listen("cut", router.url);
    await until(async () => expect(await countOf(before)).toBe(10));
    expect(await row("cut")).toMatchObject({ state: "connected", reconnects: 0, environment: "production" });
    expect(await outages("cut")).toEqual([]);

    await kit.db.prisma.journey.create({ data: journeyRow("r:waiting", "running") });
    await kit.db.prisma.journey.create({ data: journeyRow("r:done", "succeeded") });
    router.cut();
    const during = router.emit(10);
    await until(async () => expect((await outages("cut"))[0]?.toAt).toBeInstanceOf(Date));
    const after = router.emit(10);
    await until(async () => expect(await countOf([...before, ...during, ...after])).toBe(30));

    await until(async () =>
      expect(await row("cut")).toMatchObject({ state: "connected", reconnects: 1, accepted: 30n, duplicates: 0n }),
    );
    const source = await row("cut");
    expect(source.cursor).toMatch(/:30$/);
    expect(source.lastEventAt).toBeInstanceOf(Date);
    expect(source.clockOffsetMs).toEqual(expect.any(Number));
    expect(source.lagMs).toEqual(expect.any(Number));
    expect(await outages("cut")).toMatchObject([{ kind: "disconnected" }]);
    const marks = await kit.db.prisma.dirtyMark.findMany({ where: { kind: "journey" } });
    expect([...new Set(marks.map(({ key }) => key))]).toEqual(["r:waiting"]);
    expect(changes).toBeGreaterThan(3);
  });

  it("what the source has forgotten is a gap with its number, told once", async () => {
    const router = await startRouter({ capacity: 5 });
    await listen("forgets", router.url);
    const heard = router.emit(3);
    await until(async () => expect(await countOf(heard)).toBe(3));
    router.cut();
    const during = router.emit(50);
    await until(async () => expect(await countOf(during)).toBe(5));
    await until(async () => expect((await outages("forgets")).every(({ toAt }) => toAt !== null)).toBe(true));
    const gaps = (await outages("forgets")).filter(({ kind }) => kind === "gap");
    expect(gaps).toMatchObject([
      { lost: 45n, fromCursor: expect.stringMatching(/:3$/), toCursor: expect.stringMatching(/:48$/) },
    ]);
    router.cut();
    await until(async () => expect(await row("forgets")).toMatchObject({ reconnects: 2 }));
    expect((await outages("forgets")).filter(({ kind }) => kind === "gap")).toHaveLength(1);
  });

  it("a source that starts anew has lost an unknown number", async () => {
    const first = await startRouter();
    await listen("restarts", first.url);
    const heard = first.emit(4);
    await until(async () => expect(await countOf(heard)).toBe(4));
    await first.io.close();
    await until(async () => expect(await row("restarts")).toMatchObject({ state: "disconnected" }));
    const second = await startRouter({ port });
    const anew = second.emit(4);
    await until(async () => expect(await countOf(anew)).toBe(4));
    expect((await outages("restarts")).filter(({ kind }) => kind === "gap")).toMatchObject([{ lost: null }]);
  });

  it("a refused token is shown, asked again slowly, and works as soon as it is right", async () => {
    const router = await startRouter();
    const sources = await listen("refused", router.url, "wrong");
    await until(async () =>
      expect(await row("refused")).toMatchObject({ state: "refused", lastError: "refused: unauthorized" }),
    );
    expect(await outages("refused")).toEqual([]);
    await sources.stop();
    await listen("refused", router.url);
    await until(async () => expect(await row("refused")).toMatchObject({ state: "connected" }));
  });

  it("a source that cannot be reached says why, and is found when it comes", async () => {
    const gone = await startRouter();
    const { url } = gone;
    const goneAt = port;
    await gone.io.close();
    await listen("late", url);
    await until(async () => expect((await row("late")).lastError).toMatch(/ECONNREFUSED|cannot be reached/));
    expect(await row("late")).toMatchObject({ state: "connecting" });
    const router = await startRouter({ port: goneAt });
    const ids = router.emit(2);
    await until(async () => expect(await countOf(ids)).toBe(2));
  });

  it("while the queue is full nothing is acknowledged, and nothing is lost", async () => {
    const router = await startRouter();
    await listen("patient", router.url);
    await until(async () => expect(await row("patient")).toMatchObject({ state: "connected" }));
    const client = await kit.db.pool.connect();
    cleanUp.push(async () => {
      await client.query("ROLLBACK");
      client.release();
    });
    await client.query("BEGIN; LOCK TABLE telemetry_event IN SHARE MODE");
    const filling = kit.post(Array.from({ length: 1_000 }, () => wireEvent()));
    await until(async () => expect(kit.ingest.itemsInFlight()).toBe(1_000));
    const ids = router.emit(5);
    await until(async () => expect((await row("patient")).lastError).toMatch(/^waiting/));
    expect((await row("patient")).cursor).toBeNull();
    await client.query("COMMIT");
    expect((await filling).body.accepted).toBe(1_000);
    await until(async () => expect(await countOf(ids)).toBe(5));
    await until(async () => expect(await row("patient")).toMatchObject({ accepted: 5n, duplicates: 0n }));
  });

  it.each([
    ["more batches", "floods", 200, ""],
    ["more bytes", "swamps", 8, "x".repeat(6 * 1024 * 1024)],
  ])(
    "a source that sends %s than may wait is cut off, and loses nothing by the replay",
    async (_what, id, count, filler) => {
      const http = createServer();
      const flooding = new Server(http);
      const batch = (n: number) => ({ cursor: `${n}`, events: [wireEvent({ id: `${id}-${n}` })], filler });
      flooding.on("connection", (socket) => {
        const from = Number(socket.handshake.auth.cursor ?? 0);
        for (let n = from + 1; n <= count; n++) socket.emit("telemetry", batch(n), () => undefined);
      });
      await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
      cleanUp.push(() => flooding.close());
      await listen(id, `http://127.0.0.1:${(http.address() as AddressInfo).port}/`);
      await until(async () =>
        expect(await countOf(Array.from({ length: count }, (_, i) => `${id}-${i + 1}`))).toBe(count),
      );
      await until(async () => expect((await row(id)).reconnects).toBeGreaterThan(0));
    },
  );

  it("a stop opens an outage that the next start closes when the replay is done", async () => {
    const router = await startRouter();
    const sources = await listen("stopped", router.url);
    const heard = router.emit(2);
    await until(async () => expect(await countOf(heard)).toBe(2));
    await sources.stop();
    expect(await row("stopped")).toMatchObject({ state: "disconnected" });
    expect(await outages("stopped")).toMatchObject([{ kind: "disconnected", toAt: null }]);
    const meanwhile = router.emit(7);
    await listen("stopped", router.url);
    await until(async () => expect(await countOf(meanwhile)).toBe(7));
    await until(async () => expect((await outages("stopped")).map(({ toAt }) => toAt !== null)).toEqual([true]));
  });

  it("after a kill the downtime is an outage, from the last moment that anybody listened", async () => {
    const router = await startRouter();
    const sources = await listen("killed", router.url);
    const heard = router.emit(2);
    await until(async () => expect(await countOf(heard)).toBe(2));
    await sources.stop();
    // What a killed process leaves behind: connected, no outage, and a heartbeat of ten minutes ago.
    await kit.db.prisma.sourceOutage.deleteMany({ where: { sourceId: "killed" } });
    const lastHeard = new Date(Date.now() - 600_000);
    await kit.db.prisma.source.update({
      where: { id: "killed" },
      data: { state: "connected", disconnectedSince: null, connectedSince: lastHeard, lastReceivedAt: lastHeard },
    });
    await kit.db.prisma.installation.update({
      where: { name: "sources_heard" },
      data: { value: lastHeard.getTime() + 5_000 },
    });
    await listen("killed", router.url);
    await until(async () => expect((await outages("killed"))[0]?.toAt).toBeInstanceOf(Date));
    expect(await outages("killed")).toMatchObject([
      { kind: "disconnected", fromAt: new Date(lastHeard.getTime() + 5_000) },
    ]);
  });

  it("a source that is not configured any more is stopped, and nothing waits for it", async () => {
    const router = await startRouter();
    const sources = await listen("retired", router.url);
    await until(async () => expect(await row("retired")).toMatchObject({ state: "connected" }));
    await sources.stop();
    await listen("another", router.url);
    expect(await row("retired")).toMatchObject({ state: "stopped" });
    expect((await outages("retired")).every(({ toAt }) => toAt !== null)).toBe(true);
  });
});
