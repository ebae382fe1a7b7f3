import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type RouterDetail, type RouterList, routerDetail, routerList } from "@/contracts/http";
import { OK, routerMetric } from "@/domain/rollups/router-metrics";
import { seeded, shuffled, store, telemetry, testJudge } from "@/server/judge/testing/judge-kit";
import { verifyStore } from "@/server/judge/verify-store";
import { foldDeltas } from "@/server/storage/judging/rollups";
import { inTransaction } from "@/server/storage/judging/transaction";
import { iso, MINUTE, routersStory } from "./testing/routers-story";
import { NOW_MS, seedRouterCounts } from "./testing/seed";
import { createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
let list: RouterList;
let detail: RouterDetail;

const read = async () => {
  list = routerList.parse((await test.get("/api/v1/routers?environment=rt")).body);
  const path = `/api/v1/routers/${encodeURIComponent("app.routing:MessageRouter")}?environment=rt`;
  detail = routerDetail.parse((await test.get(path)).body);
};

beforeAll(async () => {
  test = await createTestApp();
  const judge = testJudge(test.db, { nowMs: () => NOW_MS });
  const random = seeded(7);
  for (const item of shuffled([...routersStory, ...routersStory], random)) {
    await store(test.db, telemetry([item], NOW_MS));
    if (random() < 0.3) await judge.drain();
  }
  await judge.drain();
  expect(judge.errors).toEqual([]);
  await read();
});
afterAll(() => test.close());

describe("GET /api/v1/routers", () => {
  it("names the routers in the traffic with share, errors by code, latency and where they run", () => {
    expect(list.items.map(({ router, messages, errors }) => [router, messages, errors])).toEqual([
      ["MessageRouter", 3, 1],
      ["QualityMessageRouter", 2, 1],
      ["app.routing:MessageRouter", 2, 0],
    ]);
    const [plain, quality, named] = list.items;
    expect(quality).toMatchObject({
      share: 2 / 7,
      errorCodes: { items: [{ code: "timeout", count: 1 }] },
      versions: { items: [{ name: "1.4", messages: 2 }], omitted: 0 },
      services: { items: [{ name: "gateway", messages: 2 }] },
    });
    expect(named?.instances.items).toEqual([
      { name: "gw-0", messages: 1 },
      { name: "gw-1", messages: 1 },
    ]);
    expect(named?.latencyMs?.p50).toBeCloseTo(3, 0);
    expect(quality?.latencyMs?.p50).toBeCloseTo(21, 0);
    expect([named?.firstSeenAt, named?.lastSeenAt]).toEqual([iso(50 * MINUTE), iso(40 * MINUTE)]);
    expect(plain?.versions.items).toEqual([{ name: null, messages: 3 }]);
    expect(list.totals).toEqual({ messages: 7, errors: 2, routers: 3, failing: 2, implementations: 2 });
  });

  it("tells the messages over time, every bucket of the range", () => {
    expect(list.series.routers).toEqual(["MessageRouter", "QualityMessageRouter", "app.routing:MessageRouter"]);
    expect(list.series.points).toHaveLength(60);
    expect(list.series.points.find(({ at }) => at === iso(40 * MINUTE))?.messages).toEqual([0, 2, 1]);
    expect(list.failed.routers).toEqual(["MessageRouter", "QualityMessageRouter"]);
    expect(list.failed.points.filter(({ messages }) => messages.some(Boolean)).map(({ messages }) => messages)).toEqual(
      [
        [0, 1],
        [1, 0],
      ],
    );
  });

  it("puts types that several take first", () => {
    expect(list.types.items.map(({ type, inconsistent }) => [type, inconsistent])).toEqual([
      ["chat", true],
      ["typing", false],
      ["get_history", false],
    ]);
    expect(list.types.inconsistent).toBe(1);
    const takers = list.types.items[0]?.takers.items ?? [];
    expect(takers.map(({ router, handler, messages, errors }) => [router, handler, messages, errors])).toEqual([
      ["app.routing:MessageRouter", "AgentMessageHandler", 2, 0],
      ["QualityMessageRouter", "QualityScoreHandler", 1, 0],
      ["QualityMessageRouter", null, 1, 1],
    ]);
  });

  it("keeps messages that are no requests apart, and calls none unrouted before its time", () => {
    const view = list.inbound.items.map(({ type, received, routed, notRouted, waiting }) => [
      type,
      received,
      routed,
      notRouted,
      waiting,
    ]);
    expect(view).toEqual([
      ["ping", 2, 0, 1, 1],
      ["get_history", 1, 0, 1, 0],
      ["typing", 2, 2, 0, 0],
    ]);
    expect(list.inbound.items[1]?.errorCodes.items).toEqual([{ code: "handler_not_found", count: 1 }]);
  });

  it("tells the states of components, unknown before the first report", () => {
    const [breaker, messageStore] = list.components.items;
    expect(breaker).toMatchObject({
      component: "llm_circuit_breaker",
      instance: "gw-1",
      before: { at: iso(80 * MINUTE), state: "closed" },
      changes: [
        { at: iso(20 * MINUTE), state: "open" },
        { at: iso(10 * MINUTE), state: "half_open" },
      ],
      knownFrom: null,
      lastReportAt: iso(10 * MINUTE),
    });
    expect(messageStore).toMatchObject({
      component: "message_store",
      instance: null,
      before: null,
      changes: [{ at: iso(15 * MINUTE), state: "degraded" }],
    });
  });

  it("shows nobody what their key may not see", async () => {
    const foreign = await test.makeKey("read", ["elsewhere"]);
    expect((await test.get("/api/v1/routers?environment=rt", foreign)).status).toBe(403);
    const { items, components } = routerList.parse((await test.get("/api/v1/routers", foreign)).body);
    expect([items, components.items]).toEqual([[], []]);
    expect((await test.get("/api/v1/routers/QualityMessageRouter", foreign)).status).toBe(404);
  });

  it("refuses parameters that it does not know", async () => {
    expect((await test.get("/api/v1/routers?routers=x")).status).toBe(400);
    expect((await test.get("/api/v1/routers/X?bucket=1")).status).toBe(400);
  });
});

describe("GET /api/v1/routers/:router", () => {
  it("tells one router over time, its types with who else takes them, and where it runs", () => {
    expect(detail.router).toMatchObject({ messages: 2, share: 2 / 7, errors: 0 });
    const busy = detail.series.filter(({ messages }) => messages > 0);
    expect(busy.map(({ at, messages }) => [at, messages])).toEqual([
      [iso(50 * MINUTE), 1],
      [iso(40 * MINUTE), 1],
    ]);
    expect(busy[0]?.p95Ms).toBeCloseTo(3, 0);
    expect(detail.series.find(({ messages }) => messages === 0)?.p95Ms).toBeNull();
    expect(detail.types.items).toMatchObject([
      { type: "chat", messages: 2, others: { items: ["QualityMessageRouter"], omitted: 0 } },
    ]);
    expect(detail.sources.items.map(({ instance, firstSeenAt }) => [instance, firstSeenAt])).toEqual([
      ["gw-0", iso(40 * MINUTE)],
      ["gw-1", iso(50 * MINUTE)],
    ]);
  });

  it("tells errors by code with their times, what was before, and the components of its services", async () => {
    const path = `/api/v1/routers/QualityMessageRouter?environment=rt&from=${iso(41 * MINUTE)}&to=${iso(MINUTE)}`;
    const { codes, series, previous, components } = routerDetail.parse((await test.get(path)).body);
    const at = iso(40 * MINUTE);
    expect(codes.items).toEqual([{ code: "timeout", count: 1, firstSeenAt: at, lastSeenAt: at }]);
    expect(series.filter(({ errors }) => errors > 0).map(({ at, errorsByCode }) => [at, errorsByCode])).toEqual([
      [at, [1]],
    ]);
    expect(previous).toMatchObject({ messages: 0, errors: 0, latencyMs: null });
    expect(previous.series).toHaveLength(series.length);
    expect(components.items.map(({ component }) => component)).toEqual(["llm_circuit_breaker", "message_store"]);
    const later = `/api/v1/routers/QualityMessageRouter?environment=rt&from=${iso(30 * MINUTE)}&to=${iso(MINUTE)}`;
    const compared = routerDetail.parse((await test.get(later)).body);
    expect([compared.router.messages, compared.previous.messages, compared.previous.errors]).toEqual([0, 2, 1]);
    expect(detail.components.items).toHaveLength(2);
  });

  it("says not_found for a router that nobody ever saw", async () => {
    expect(await test.get("/api/v1/routers/Nobody?environment=rt")).toMatchObject({
      status: 404,
      body: { error: { code: "not_found" } },
    });
  });
});

it("answers the same before and after the counters are folded, and as a recomputation does", async () => {
  const [listed, detailed] = [list, detail];
  await inTransaction(test.db.pool, (session) => foldDeltas(session, 1_000_000));
  expect((await test.db.prisma.rollupDelta.count()) === 0).toBe(true);
  await read();
  expect(list).toEqual(listed);
  expect(detail).toEqual(detailed);
  expect((await verifyStore(test.db, NOW_MS)).differences).toEqual([]);
});

it("keeps routers that were silent in the range, without a share", async () => {
  const query = `environment=rt&from=${iso(35 * MINUTE)}&to=${iso(25 * MINUTE)}`;
  const { body } = await test.get(`/api/v1/routers?${query}`);
  const { items, totals } = routerList.parse(body);
  expect(items.map(({ router, messages, share }) => [router, messages, share])).toEqual([
    ["MessageRouter", 3, 1],
    ["QualityMessageRouter", 0, 0],
    ["app.routing:MessageRouter", 0, 0],
  ]);
  expect(items[1]?.latencyMs).toBeNull();
  expect(totals.implementations).toBe(1);
});

it("takes what telemetry of an outage did not tell for unobserved", async () => {
  await test.db.prisma.source.create({
    data: {
      ...{ id: "src", environment: "rt", url: "http://router", state: "connected" },
      sourceOutages: {
        create: { kind: "gap", fromAt: new Date(NOW_MS - 31 * MINUTE), toAt: new Date(NOW_MS - 29 * MINUTE) },
      },
    },
  });
  await read();
  expect(list.inbound.items.find(({ type }) => type === "ping")).toMatchObject({
    notRouted: 0,
    waiting: 1,
    unobserved: 1,
  });
  const unheard = [{ from: iso(31 * MINUTE), to: iso(29 * MINUTE) }];
  expect([list.unheard, detail.unheard]).toEqual([unheard, unheard]);
});

it("names two hundred routers and five hundred who takes what, where names are as long as names are", async () => {
  const counts = Array.from({ length: 200 }, (_, n) => `app.routing.part${n}:MessageRouter${n}`).flatMap(
    (router, n) => [
      ...["timeout", "handler_exception", "queue_full", OK].map((code) => routerMetric.message(router, code)),
      ...[0, 1, 2].map((m) =>
        routerMetric.source(router, { service: "gateway", instance: `gw-${m}`, version: `1.${m}.0` }),
      ),
      ...[0, 1, 2].map((m) => routerMetric.handler(router, `type_${n % 100}`, `app.handlers:handle_${m}`, OK)),
    ],
  );
  const found = Object.fromEntries(counts.map((metric) => [metric, 1]));
  await seedRouterCounts(test.db, new Date(NOW_MS - MINUTE), found, "full");
  const { items, omitted, types } = routerList.parse((await test.get("/api/v1/routers?environment=full")).body);
  expect([items.length, omitted, types.items.length, types.omitted]).toEqual([200, 0, 100, 0]);
  expect(types.items.flatMap(({ takers }) => takers.items)).toHaveLength(600);
});

it("stays below 1 MB whatever names are reported", async () => {
  const name = (kind: string, n: number) => `${kind}${n}`.padEnd(256, "\\");
  const names = Array.from({ length: 150 }, (_, n) => n);
  const counts = names.flatMap((n) => [
    ...names.slice(0, 12).flatMap((m) => [
      routerMetric.message(name("router", n), name("code", m)),
      routerMetric.source(name("router", n), {
        service: name("s", m),
        instance: name("i", m),
        version: name("v", m),
      }),
      routerMetric.handler(name("router", n), name("type", m), name("handler", m), name("code", n % 9)),
    ]),
    routerMetric.inbound(name("type", n), name("router", n), "received", OK),
    routerMetric.inbound(name("type", n), name("router", n), "failed", name("code", n)),
  ]);
  await seedRouterCounts(
    test.db,
    new Date(NOW_MS - MINUTE),
    Object.fromEntries(counts.map((metric) => [metric, 1])),
    "wide",
  );
  const { status, body } = await test.get("/api/v1/routers?environment=wide");
  expect(status).toBe(200);
  expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(1_000_000);
  const { items, omitted, types } = routerList.parse(body);
  expect(items.length + omitted).toBe(150);
  expect(types.items.length + types.omitted).toBe(12);
  expect(omitted).toBeGreaterThan(0);
  const one = await test.get(`/api/v1/routers/${encodeURIComponent(name("router", 7))}?environment=wide`);
  expect(routerDetail.parse(one.body).router.router).toBe(name("router", 7));
  expect(Buffer.byteLength(JSON.stringify(one.body))).toBeLessThan(1_000_000);
});
