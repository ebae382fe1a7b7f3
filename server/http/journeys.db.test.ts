import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type JourneyDetail, type JourneyList, journeyDetail, journeyList, overview } from "@/contracts/http";
import { OK, routerMetric } from "@/domain/rollups/router-metrics";
import { NOW_MS, seedEvents, seedJourneys, seedRollup } from "./testing/seed";
import { createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
const at = (agoMs: number) => new Date(NOW_MS - agoMs);

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

/** All pages of a search, and what happens between them. */
async function walk(path: string, between?: () => Promise<void>): Promise<JourneyList["items"]> {
  const items: JourneyList["items"] = [];
  let cursor: string | null = null;
  do {
    const page: { status: number; body: JourneyList } = await test.get(`${path}${cursor ? `&cursor=${cursor}` : ""}`);
    expect(page.status).toBe(200);
    items.push(...journeyList.parse(page.body).items);
    cursor = page.body.nextCursor;
    await between?.();
  } while (cursor);
  return items;
}

describe("GET /api/v1/journeys", () => {
  it("pages without gaps or doubles while newer journeys arrive, across environments and equal times", async () => {
    const ids = Array.from({ length: 57 }, (_, n) => `page-${n}`);
    await seedJourneys(
      test.db,
      ids.map((id, n) => ({
        id,
        environment: n % 3 === 0 ? "paging-b" : "paging-a",
        owner: "pager",
        startedAt: at(10_000 + Math.floor(n / 4) * 1_000),
      })),
    );
    let added = 0;
    const items = await walk("/api/v1/journeys?user=pager&limit=10", async () => {
      added += 1;
      await seedJourneys(test.db, [{ id: `new-${added}`, environment: "paging-a", owner: "pager", startedAt: at(0) }]);
    });
    expect(items.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(items.map(({ startedAt }) => startedAt)).toEqual(
      items
        .map(({ startedAt }) => startedAt)
        .sort()
        .reverse(),
    );
  });

  it("finds the journeys of a thread and on a connection, and none of another user's message of the same id", async () => {
    const environment = "where";
    await seedJourneys(test.db, [
      { id: "w-1", environment, aliases: ["w-1", "1"], owner: "ann", startedAt: at(60_000), lastEventAt: at(50_000) },
      { id: "w-2", environment, aliases: ["w-2", "1"], owner: "ben", startedAt: at(40_000), lastEventAt: at(30_000) },
      { id: "w-3", environment, owner: "ann", startedAt: at(20_000), lastEventAt: at(10_000) },
    ]);
    const received = { environment, stage: "received", type: "user_message" };
    await seedEvents(test.db, [
      { id: "w-e1", time: at(60_000), ...received, messageId: "1", threadId: "t-a", connectionId: "c-a" },
      { id: "w-e2", time: at(40_000), ...received, messageId: "1", threadId: "t-b", connectionId: "c-b" },
      { id: "w-e3", time: at(20_000), ...received, messageId: "3", runId: "w-3", threadId: "t-a" },
      { id: "w-e4", time: at(15_000), environment, stage: "sent", runId: "w-3", connectionId: "c-b" },
      { id: "w-e5", time: at(1_000), environment, stage: "connection_closed", connectionId: "c-b" },
    ]);
    const ids = async (filter: string) =>
      (await walk(`/api/v1/journeys?environment=${environment}&${filter}`)).map(({ id }) => id);
    expect(await ids("thread=t-a")).toEqual(["w-3", "w-1"]);
    expect(await ids("thread=t-b")).toEqual(["w-2"]);
    expect(await ids("connection=c-b")).toEqual(["w-3", "w-2"]);
    expect(await ids("connection=c-a&status=failed")).toEqual([]);
    expect(await ids("thread=t-")).toEqual([]);
  });

  it("counts exactly what every filter finds", async () => {
    await seedJourneys(test.db, [
      {
        id: "f-1",
        status: "failed",
        brokenFinding: "event_lost",
        brokenStep: "agent_completed",
        environment: "filter",
        findings: ["event_lost"],
        routers: ["A"],
        versions: ["1", "2"],
        owner: "u",
      },
      {
        id: "f-2",
        status: "failed",
        brokenFinding: "not_routed",
        brokenStep: "routed",
        environment: "filter",
        findings: ["not_routed"],
        routers: ["B"],
        versions: ["1"],
        owner: "v",
      },
      {
        id: "g_3",
        status: "succeeded",
        environment: "filter",
        routers: ["A"],
        versions: ["2"],
        owner: "u",
        aliases: ["g_3", "message%7"],
        startedAt: at(7_200_000),
      },
    ]);
    const totals = Object.fromEntries(
      await Promise.all(
        [
          "",
          "status=failed",
          "status=failed,succeeded",
          "finding=event_lost",
          "step=routed",
          "router=A",
          "version=1",
          "version=1,2",
          "user=u",
          "q=f-",
          "q=f-1",
          "q=message%25",
          "q=g%25",
          "q=f_",
          "window=1h",
          `from=${at(60_001).toISOString()}`,
          `to=${at(60_001).toISOString()}`,
        ].map(async (query) => [
          query,
          (await test.get<JourneyList>(`/api/v1/journeys?environment=filter&${query}`)).body.total,
        ]),
      ),
    );
    expect(totals).toEqual({
      "": 3,
      "status=failed": 2,
      "status=failed,succeeded": 3,
      "finding=event_lost": 1,
      "step=routed": 1,
      "router=A": 2,
      "version=1": 2,
      "version=1,2": 1,
      "user=u": 2,
      "q=f-": 2,
      "q=f-1": 1,
      "q=message%25": 1,
      "q=g%25": 0,
      "q=f_": 0,
      "window=1h": 2,
      [`from=${at(60_001).toISOString()}`]: 2,
      [`to=${at(60_001).toISOString()}`]: 1,
    });
  });

  it.each([
    ["status=broken", "status"],
    ["finding=not_rooted", "finding"],
    ["step=agent", "step"],
    ["limit=0", "limit"],
    ["limit=201", "limit"],
    ["from=yesterday", "from"],
    ["window=1y", "window"],
    ["cursor=abc", "cursor"],
    ["from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z", "from"],
  ])("refuses %s and names the field", async (query, field) => {
    const { status, body } = await test.get<{ error: { code: string; details: { field: string }[] } }>(
      `/api/v1/journeys?${query}`,
    );
    expect(status).toBe(400);
    expect(body.error.code).toBe("bad_query");
    expect(body.error.details[0]?.field).toBe(field);
  });
});

describe("GET /api/v1/journeys/:id", () => {
  it("finds a journey by every id of it, in the newest environment, with its own events only", async () => {
    await seedJourneys(test.db, [
      { id: "run-1", environment: "old", startedAt: at(90_000), owner: "alice", aliases: ["run-1", "1"] },
      {
        id: "run-1",
        environment: "new",
        startedAt: at(30_000),
        owner: "alice",
        aliases: ["run-1", "1"],
        eventCount: 3,
      },
    ]);
    test.clock.nowMs += 5_000;
    const event = { environment: "new", userId: "alice" };
    await seedEvents(test.db, [
      { ...event, id: "c", time: at(29_000), runId: "run-1", seq: 2n },
      { ...event, id: "b", time: at(29_000), runId: "run-1", seq: 1n },
      { ...event, id: "a", time: at(30_000), stage: "received", messageId: "1", type: "user_message" },
      { ...event, id: "x", time: at(30_000), stage: "received", messageId: "1", userId: "bob", type: "user_message" },
      { ...event, id: "y", time: at(30_000), runId: "run-2" },
    ]);
    for (const id of ["run-1", "1"]) {
      const { status, body } = await test.get<JourneyDetail>(`/api/v1/journeys/${id}`);
      expect(status).toBe(200);
      const journey = journeyDetail.parse(body);
      expect(journey).toMatchObject({ id: "run-1", environment: "new", owner: "alice" });
      expect(journey.events.items.map((item) => item.id)).toEqual(["a", "b", "c"]);
    }
  });

  it("pages through the events of a long run", async () => {
    await seedJourneys(test.db, [{ id: "long", eventCount: 1_200 }]);
    const time = at(20_000);
    await seedEvents(
      test.db,
      Array.from({ length: 1_200 }, (_, n) => ({ id: `long-${n}`, time, runId: "long", seq: BigInt(n) })),
    );
    const ids: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const { body }: { body: JourneyDetail } = await test.get(
        `/api/v1/journeys/long?environment=default${cursor ? `&eventsCursor=${cursor}` : ""}`,
      );
      ids.push(...body.events.items.map((item) => item.id));
      cursor = body.events.nextCursor;
    }
    expect(ids).toEqual(Array.from({ length: 1_200 }, (_, n) => `long-${n}`));
  });

  it("says not_found for an id nobody has", async () => {
    expect(await test.get("/api/v1/journeys/nobody")).toMatchObject({
      status: 404,
      body: { error: { code: "not_found" } },
    });
  });
});

describe("GET /api/v1/overview", () => {
  it("adds folded and unfolded counters, groups failures and compares with the period before", async () => {
    const environment = "counted";
    await seedRollup(
      test.db,
      at(600_000),
      { "status/succeeded": 6, "status/failed": 1, "latency/100": 6 },
      environment,
    );
    await seedRollup(test.db, at(3_600_000 + 900_000), { "status/failed": 3 }, environment);
    await test.db.prisma.rollupDelta.createMany({
      data: [
        { environment, minute: at(600_000), metric: "status/succeeded", n: 2 },
        { environment, minute: at(600_000), metric: routerMetric.message("a/b", OK), n: 4 },
        { environment, minute: at(600_000), metric: "delivery/agent_started/emitted", n: 4 },
        { environment, minute: at(600_000), metric: "delivery/agent_started/delivered", n: 3 },
      ],
    });
    const broken = { environment, status: "failed", brokenFinding: "event_lost", brokenStep: "agent_completed" };
    await seedJourneys(test.db, [
      { ...broken, id: "o-1", owner: "u", versions: ["1"] },
      { ...broken, id: "o-2", owner: "u", versions: ["1"] },
      { ...broken, id: "o-3", owner: "v", versions: ["2"] },
    ]);
    const { status, body } = await test.get(`/api/v1/overview?environment=${environment}&to=${at(0).toISOString()}`);
    expect(status).toBe(200);
    const view = overview.parse(body);
    expect(view.reliability).toEqual({ good: 8, bad: 1, ratio: 8 / 9, target: 0.995 });
    expect(view.previous).toMatchObject({ good: 0, bad: 3, ratio: 0 });
    expect(view.series).toHaveLength(60);
    expect(view.series.reduce((sum, point) => sum + point.good, 0)).toBe(8);
    expect(view.previous.series.reduce((sum, point) => sum + point.bad, 0)).toBe(3);
    expect(view.failures.map(({ version, count, users }) => [version, count, users])).toEqual([
      ["1", 2, 1],
      ["2", 1, 1],
    ]);
    expect(view.usersAffected).toBe(2);
    expect(view.routers).toEqual([{ router: "a/b", messages: 4, share: 1, errors: 0 }]);
    expect(view.delivery).toEqual({ agent_started: { emitted: 4, delivered: 3, acked: 0, ratio: 0.75 } });
    expect(view.latencyMs?.p50).toBeCloseTo(135, 0);
  });

  it("says no data, never 100 %, where nothing finished", async () => {
    const { body } = await test.get("/api/v1/overview?environment=empty&window=7d");
    const view = overview.parse(body);
    expect(view.reliability.ratio).toBeNull();
    expect(view.latencyMs).toBeNull();
    expect(view.series.length).toBeLessThanOrEqual(120);
    expect(view.seen).toEqual({ events: false, sources: 0 });
  });
});
