import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { incidentDetail, incidentList, routerList, sourceList, userList, userTimeline } from "@/contracts/http";
import { OK, routerMetric } from "@/domain/rollups/router-metrics";
import { NOW_MS, seedEvents, seedJourneys, seedRouterCounts } from "./testing/seed";
import { ADMIN_KEY, createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
const at = (agoMs: number) => new Date(NOW_MS - agoMs);

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

/** Ids of all pages, following the cursor. */
async function walk(path: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = await test.get(
      `${path}${cursor ? `&cursor=${cursor}` : ""}`,
    );
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor;
  } while (cursor);
  return ids;
}

describe("users", () => {
  it("lists owners and connected users of the range once, the last seen first", async () => {
    const environment = "people";
    await seedJourneys(test.db, [
      { id: "p1", environment, owner: "ann", startedAt: at(50_000) },
      { id: "p2", environment, owner: "ann", status: "failed", startedAt: at(40_000) },
      { id: "p3", environment, owner: "ben", startedAt: at(7_200_000) },
    ]);
    await test.db.prisma.connectionInterval.createMany({
      data: [
        { environment, instance: "", connectionId: "c1", n: 0, userId: "cat", openedAt: at(10_000) },
        {
          environment,
          instance: "",
          connectionId: "c2",
          n: 0,
          userId: "ann",
          openedAt: at(60_000),
          closedAt: at(30_000),
        },
        {
          environment,
          instance: "",
          connectionId: "c3",
          n: 0,
          userId: "ben",
          openedAt: at(7_200_000),
          closedAt: at(7_100_000),
        },
      ],
    });
    const { body } = await test.get(`/api/v1/users?environment=${environment}`);
    const { items } = userList.parse(body);
    expect(
      items.map(({ id, journeys, failures, openConnections }) => [id, journeys, failures, openConnections]),
    ).toEqual([
      ["cat", 0, 0, 1],
      ["ann", 2, 1, 0],
    ]);
    expect(await walk(`/api/v1/users?environment=${environment}&limit=1`)).toEqual(["cat", "ann"]);
    expect(await walk(`/api/v1/users?environment=${environment}&q=be`)).toEqual(["ben"]);
  });

  it("pages a timeline of claims and of events on the user's connections, in order of time, seq and id", async () => {
    const environment = "line";
    await test.db.prisma.connectionInterval.create({
      data: {
        environment,
        instance: "",
        connectionId: "c9",
        n: 0,
        userId: "dan",
        openedAt: at(50_000),
        closedAt: at(20_000),
      },
    });
    const event = { environment, userId: "dan" };
    await seedEvents(test.db, [
      ...Array.from({ length: 25 }, (_, n) => ({ ...event, id: `t-${n}`, time: at(40_000), seq: BigInt(n) })),
      { environment, id: "on-connection", time: at(45_000), connectionId: "c9", stage: "sent" },
      { environment, id: "after-close", time: at(10_000), connectionId: "c9", stage: "sent" },
      { environment, id: "other", time: at(40_000), userId: "eve" },
      { ...event, id: "late", time: at(5_000), connectionId: "c9" },
    ]);
    const expected = ["on-connection", ...Array.from({ length: 25 }, (_, n) => `t-${n}`), "late"];
    expect(await walk(`/api/v1/users/dan/timeline?environment=${environment}&limit=4`)).toEqual(expected);
    const { body } = await test.get(`/api/v1/users/dan/timeline?environment=${environment}`);
    expect(userTimeline.parse(body).items[0]).toMatchObject({ id: "on-connection", connectionUser: "dan" });
  });
});

describe("incidents, routers, sources", () => {
  it("lists incidents by time and shows one with its occurrences, only where the key may look", async () => {
    const environment = "leaky";
    const incident = { environment, severity: "critical", firstSeenAt: at(9_000), occurrences: 1, owners: ["a"] };
    await test.db.prisma.incident.createMany({
      data: [1, 2, 3].map((n) => ({
        ...incident,
        id: `inc-${n}`,
        rule: n === 3 ? "same_content" : "wrong_recipient",
        router: `R${n}`,
        lastSeenAt: at(n * 1_000),
      })),
    });
    await test.db.prisma.occurrence.create({
      data: {
        environment,
        key: "k",
        incidentId: "inc-1",
        subject: "r:x",
        rule: "wrong_recipient",
        severity: "critical",
        router: "R1",
        eventIds: ["e1"],
        occurredAt: at(1_000),
        evidence: { events: [{ id: "e1", time: "2026-11-20T11:59:59.000001+00:00", stage: "sent", user_id: "b" }] },
      },
    });
    expect(
      incidentList.parse((await test.get(`/api/v1/incidents?environment=${environment}`)).body).items,
    ).toHaveLength(3);
    expect(await walk(`/api/v1/incidents?environment=${environment}&limit=1`)).toEqual(["inc-1", "inc-2", "inc-3"]);
    expect(await walk(`/api/v1/incidents?environment=${environment}&rule=same_content`)).toEqual(["inc-3"]);
    test.clock.nowMs += 5_000;
    const foreign = await test.makeKey("read", ["elsewhere"]);
    expect((await test.get("/api/v1/incidents/inc-1", foreign)).status).toBe(404);
    const detail = incidentDetail.parse((await test.get("/api/v1/incidents/inc-1")).body);
    expect(detail.occurrenceItems[0]).toMatchObject({ eventIds: ["e1"], evidence: [{ id: "e1", userId: "b" }] });
  });

  it("adds up routers and lists sources without the secrets of their addresses", async () => {
    const counts = { [routerMetric.message("X", OK)]: 3, [routerMetric.message("Y", "timeout")]: 1 };
    await seedRouterCounts(test.db, at(600_000), counts, "rt");
    const routers = routerList.parse((await test.get("/api/v1/routers?environment=rt")).body);
    expect(routers.items.map(({ router, share, errors }) => [router, share, errors])).toEqual([
      ["X", 0.75, 0],
      ["Y", 0.25, 1],
    ]);
    await test.db.prisma.source.create({
      data: {
        id: "s",
        environment: "rt",
        url: "http://u:secret@host:1/x?token=secret",
        state: "connected",
        sourceOutages: { create: [{ kind: "gap", fromAt: at(5_000), lost: 7n }] },
      },
    });
    const { body } = await test.get("/api/v1/sources?environment=rt");
    expect(sourceList.parse(body).items[0]).toMatchObject({ id: "s", outages: [{ kind: "gap", lost: 7 }] });
    expect(JSON.stringify(body)).not.toContain("secret");
  });
});

describe("GET /api/v1/events", () => {
  it("streams every matching event exactly once as NDJSON", async () => {
    const environment = "export";
    await seedEvents(
      test.db,
      Array.from({ length: 2_500 }, (_, n) => ({
        environment,
        id: `x-${n}`,
        time: at(n * 40_000),
        runId: n % 2 ? "odd" : "even",
        payload: { note: "p".repeat(50) },
      })),
    );
    const lines = async (query: string) => {
      const response = await fetch(`${test.url}/api/v1/events?environment=${environment}${query}`, {
        headers: { authorization: `Bearer ${ADMIN_KEY}` },
      });
      expect(response.headers.get("content-type")).toContain("application/x-ndjson");
      const text = (await response.text()).trim();
      return text === "" ? [] : text.split("\n").map((line) => (JSON.parse(line) as { id: string }).id);
    };
    const all = await lines("");
    expect(all).toHaveLength(2_500);
    expect(new Set(all).size).toBe(2_500);
    expect(await lines("&run=odd")).toHaveLength(1_250);
    expect(await lines(`&from=${at(400_000).toISOString()}`)).toHaveLength(11);
    expect(await lines("&user=nobody")).toEqual([]);
  });
});

describe("GET /metrics", () => {
  it("speaks Prometheus and counts without naming users", async () => {
    const response = await fetch(`${test.url}/metrics`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
    const text = await response.text();
    expect(response.headers.get("content-type")).toContain("text/plain");
    expect(text).toMatch(/^signalbox_judge_backlog 0$/m);
    expect(text).toMatch(/^signalbox_journeys_last_hour\{environment="people",status="failed"\} \d+$/m);
    expect(text.endsWith("\n")).toBe(true);
    expect(text).not.toMatch(/\bann\b|\bdan\b/);
  });
});

describe("GET /readyz", () => {
  it("is 503 once judging is more than 30 s behind, and bare", async () => {
    const ready = async () => (await fetch(`${test.url}/readyz`)).status;
    expect(await ready()).toBe(200);
    test.judged.backlog = 3;
    test.judged.upTo = new Date(test.clock.nowMs - 31_000).toISOString();
    test.clock.nowMs += 1_000;
    expect(await ready()).toBe(503);
    test.judged.backlog = 0;
    test.clock.nowMs += 1_000;
    expect(await ready()).toBe(200);
    expect(await (await fetch(`${test.url}/healthz`)).text()).toBe("ok\n");
  });
});
