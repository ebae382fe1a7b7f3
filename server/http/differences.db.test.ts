import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Differences, differences, type ErrorBody } from "@/contracts/http";
import { traits } from "@/domain/testing/verdict";
import { differences as compare } from "@/server/queries/differences";
import { NOW_MS, seedJourneys } from "./testing/seed";
import { createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
const at = (agoMs: number) => new Date(NOW_MS - agoMs);
const MINUTE = 60_000;

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

interface Group {
  environment: string;
  status: "failed" | "succeeded";
  count: number;
  router?: string;
  version?: string;
  handlers?: string[];
  tools?: string[];
  ageMs?: number;
  bytes?: number;
  agoMs?: number;
  apartMs?: number;
}

let groups = 0;

/** So many journeys that are alike, one every `apartMs`. */
async function seed(group: Group): Promise<void> {
  const { environment, status, count, router = "R", version = "1", agoMs = MINUTE, apartMs = 100 } = group;
  groups += 1;
  await seedJourneys(
    test.db,
    Array.from({ length: count }, (_, n) => ({
      id: `d-${groups}-${n}`,
      environment,
      status,
      startedAt: at(agoMs + n * apartMs),
      routers: [router],
      versions: [version],
      instances: ["a"],
      ...(status === "failed"
        ? { findings: ["event_lost"], brokenFinding: "event_lost", brokenStep: "agent_completed" }
        : {}),
      traits: {
        ...traits(),
        handlers: group.handlers ?? [],
        tools: group.tools ?? [],
        connectionAgeMs: group.ageMs ?? null,
        payloadBytes: group.bytes ?? null,
      },
    })),
  );
}

async function ask(query: string): Promise<Differences> {
  const { status, body } = await test.get(`/api/v1/journeys/differences?${query}`);
  expect(status).toBe(200);
  return differences.parse(body);
}

describe("GET /api/v1/journeys/differences", () => {
  it("says in how many failed and in how many healthy journeys each difference is", async () => {
    const environment = "counts";
    await seed({ environment, status: "failed", count: 41, router: "Legacy", handlers: ["legacy.handle"], ageMs: 500 });
    await seed({ environment, status: "failed", count: 2, ageMs: 90_000, tools: ["search"] });
    await seed({
      environment,
      status: "succeeded",
      count: 12,
      router: "Legacy",
      handlers: ["legacy.handle"],
      ageMs: 90_000,
    });
    await seed({ environment, status: "succeeded", count: 300, ageMs: 90_000, bytes: 700, tools: ["search"] });
    const answer = await ask(`environment=${environment}&window=1h`);
    expect(answer).toMatchObject({
      failed: { compared: 43, of: 43 },
      healthy: { compared: 312, of: 312 },
      chosen: [],
      omitted: 0,
    });
    expect(answer.items?.map(({ dimension, value, failed, healthy }) => [dimension, value, failed, healthy])).toEqual([
      ["connectionAge", "-1000", 41, 0],
      ["handler", "legacy.handle", 41, 12],
      ["router", "Legacy", 41, 12],
    ]);
    expect(answer.items?.[0]).toMatchObject({ bucket: { from: null, below: 1_000 }, lift: null });
    expect(answer.items?.[1]?.lift).toBeCloseTo(41 / 43 / (12 / 312), 6);
  });

  it("says nothing where either side is too small, and how small", async () => {
    const environment = "few";
    await seed({ environment, status: "failed", count: 7, router: "Legacy" });
    await seed({ environment, status: "succeeded", count: 300 });
    expect(await ask(`environment=${environment}`)).toMatchObject({
      failed: { compared: 7, of: 7 },
      needed: 20,
      items: null,
    });
    expect(await ask(`environment=${environment}&finding=stalled`)).toMatchObject({
      failed: { compared: 0, of: 7 },
      items: null,
    });
  });

  it("does not present what the filter chose as a difference", async () => {
    const environment = "chosen";
    await seed({ environment, status: "failed", count: 30, router: "Legacy", version: "2", handlers: ["h2"] });
    await seed({ environment, status: "succeeded", count: 40, router: "Legacy", version: "2", handlers: ["h1"] });
    await seed({ environment, status: "succeeded", count: 100, handlers: ["h3"] });
    const all = await ask(`environment=${environment}&window=1h&router=Legacy`);
    expect(all.chosen).toEqual([{ dimension: "router", value: "Legacy" }]);
    expect(all.items?.map((item) => item.value)).toEqual(["h2", "2"]);
    const alike = await ask(`environment=${environment}&window=1h&router=Legacy&against=alike`);
    expect(alike).toMatchObject({ alike: true, healthy: { compared: 40, of: 140 } });
    expect(alike.items?.map((item) => item.value)).toEqual(["h2"]);
  });

  describe("with at most 500 read of each side", () => {
    const ask500 = (environment: string, windowMs: number) => {
      const filter = { finding: null, step: null, user: null, router: null, versions: null, instances: null };
      const query = { environment, from: at(windowMs), to: at(0), filter, alike: false };
      return compare(test.db, query, { sample: 500, slices: 10 });
    };

    it("takes healthy journeys from the whole period", async () => {
      const environment = "many";
      await seed({ environment, status: "failed", count: 40, router: "New", apartMs: 50_000 });
      await seed({ environment, status: "succeeded", count: 600, router: "New", agoMs: 0, apartMs: 10 });
      await seed({ environment, status: "succeeded", count: 300, router: "Old", agoMs: 30 * MINUTE, apartMs: 5_000 });
      const { healthy, items } = await ask500(environment, 60 * MINUTE);
      expect(healthy.of).toBeNull();
      expect(items).toMatchObject([{ dimension: "router", value: "New", failed: 40, healthy: 50 }]);
    });

    it("compares the newest failed ones with the healthy ones of the time that they cover", async () => {
      const environment = "flood";
      await seed({ environment, status: "failed", count: 520, apartMs: 100 });
      await seed({ environment, status: "succeeded", count: 100, apartMs: 1_000 });
      const { failed, healthy, from } = await ask500(environment, 360 * MINUTE);
      expect(failed).toEqual({ compared: 500, of: null });
      expect(from).toBe(at(MINUTE + 499 * 100).toISOString());
      expect(healthy.of).toBe(50);
    });
  });

  it("compares within one environment, and refuses what it does not know", async () => {
    const refused = async (query: string) => {
      const { status, body } = await test.get<ErrorBody>(`/api/v1/journeys/differences?${query}`);
      return [status, body.error.message];
    };
    expect(await refused("")).toEqual([400, expect.stringContaining("environment: must be named")]);
    expect(await refused("environment=few&status=failed")).toEqual([400, "status: is no parameter of this address"]);
    expect(await refused("environment=few&against=me")).toEqual([400, expect.stringContaining("against")]);
    expect((await test.get("/api/v1/journeys/differences", await test.makeKey("read", ["few"]))).status).toBe(200);
    expect(
      (await test.get("/api/v1/journeys/differences?environment=many", await test.makeKey("read", ["few"]))).status,
    ).toBe(403);
  });
});
