/** One journey's parts: pages of its events in both directions, the proofs of its steps, its neighbours. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  type ErrorBody,
  type JourneyDetail,
  type JourneyEventPage,
  type JourneyNeighbours,
  journeyEventPage,
  journeyNeighbours,
} from "@/contracts/http";
import { NOW_MS, seedEvents, seedJourneys } from "./testing/seed";
import { createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
const at = (agoMs: number) => new Date(NOW_MS - agoMs);

beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

describe("GET /api/v1/journeys/:id/events", () => {
  const ids = Array.from({ length: 2_600 }, (_, n) => `e-${String(n).padStart(5, "0")}`);
  const page = async (query: string): Promise<JourneyEventPage> => {
    const { status, body } = await test.get(`/api/v1/journeys/long/events?environment=default${query}`);
    expect(status).toBe(200);
    return journeyEventPage.parse(body);
  };
  const idsOf = (found: JourneyEventPage) => found.items.map(({ id }) => id);

  beforeAll(async () => {
    await seedJourneys(test.db, [{ id: "long", eventCount: ids.length }]);
    // Many of one moment: the order goes on by sequence number, then by id.
    await seedEvents(
      test.db,
      ids.map((id, n) => ({
        id,
        time: at(20_000 - Math.floor(n / 700)),
        runId: "long",
        seq: n % 2 ? BigInt(n) : null,
      })),
    );
  });

  it("gives every event once, forwards and backwards", async () => {
    const forwards: string[] = [];
    let last: JourneyEventPage | null = null;
    for (let cursor: string | null = ""; cursor !== null; cursor = last.nextCursor) {
      last = await page(cursor && `&cursor=${cursor}`);
      forwards.push(...idsOf(last));
    }
    expect([...forwards].sort()).toEqual(ids);
    expect(last).toMatchObject({ total: 2_600, journeyKey: "r:long" });

    const backwards = last ? idsOf(last) : [];
    for (let cursor = last?.previousCursor ?? null; cursor !== null; ) {
      const before: JourneyEventPage = await page(`&before=${cursor}`);
      backwards.unshift(...idsOf(before));
      cursor = before.previousCursor;
    }
    expect(backwards).toEqual(forwards);
  });

  it("finds an event wherever it is, with what came before and after", async () => {
    const all: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const next: JourneyEventPage = await page(cursor && `&cursor=${cursor}`);
      all.push(...idsOf(next));
      cursor = next.nextCursor;
    }
    const asked = all[1_777] ?? "";
    const around = await page(`&event=${asked}`);
    expect(idsOf(around)).toEqual(all.slice(1_677, 2_177));
    expect(idsOf(await page(`&before=${around.previousCursor}`)).at(-1)).toBe(all[1_676]);
    expect(idsOf(await page(`&cursor=${around.nextCursor}`))[0]).toBe(all[2_177]);
    expect(await page(`&event=${all[0]}`)).toMatchObject({ previousCursor: null });
    expect((await page(`&event=${all.at(-1)}`)).nextCursor).toBeNull();
  });

  it("gives no event of another journey", async () => {
    await seedEvents(test.db, [{ id: "foreign", time: at(20_000), runId: "other" }]);
    for (const id of ["foreign", "nobody"]) {
      const { status, body } = await test.get<ErrorBody>(`/api/v1/journeys/long/events?event=${id}`);
      expect([status, body.error.code]).toEqual([404, "not_found"]);
    }
    expect((await test.get("/api/v1/journeys/nobody/events")).status).toBe(404);
  });

  it("gives one page at a time", async () => {
    const { status, body } = await test.get<ErrorBody>("/api/v1/journeys/long/events?event=e-00001&cursor=x");
    expect([status, body.error.code]).toEqual([400, "bad_query"]);
  });

  it("stays below 1 MB, and holds the event asked for, however large its neighbours are", async () => {
    await seedJourneys(test.db, [{ id: "large", eventCount: 60 }]);
    const payload = { text: "x".repeat(60_000) };
    await seedEvents(
      test.db,
      Array.from({ length: 60 }, (_, n) => ({ id: `large-${n}`, time: at(9_000 - n), runId: "large", payload })),
    );
    const { body } = await test.get<JourneyEventPage>("/api/v1/journeys/large/events?event=large-40");
    expect(idsOf(body)).toContain("large-40");
    expect(JSON.stringify(body).length).toBeLessThan(1_000_000);
  });
});

describe("the steps of GET /api/v1/journeys/:id", () => {
  it("name the event that shows them, and what handled it", async () => {
    const startMs = NOW_MS - 50_000 + 0.123;
    const step = (name: string, afterMs: number | null) => ({
      step: name,
      state: afterMs === null ? "pending" : "done",
      hop: null,
      atMs: afterMs === null ? null : startMs + afterMs,
    });
    const delivery = {
      messageId: "out",
      type: "agent_started",
      state: "delivered",
      connectionId: "c1",
      recipient: "alice",
      router: "EventRouter",
      emittedAtMs: startMs + 20,
      sentAtMs: startMs + 21,
      ackedAtMs: null,
      eventIds: ["p-3", "p-4"],
    };
    await seedJourneys(test.db, [
      {
        id: "proved",
        verdict: {
          owner: "alice",
          claimedOwner: null,
          startedAtMs: startMs,
          durationMs: null,
          steps: [
            step("connected", -100),
            step("received", 0),
            step("routed", 10),
            step("agent_started", 20),
            step("agent_completed", null),
            step("persisted", 99),
          ],
          findings: [],
          deliveries: [delivery],
          linked: [],
          notes: [],
        },
      },
    ]);
    const run = { runId: "proved", instance: "chat-1", version: "2.0" };
    await seedEvents(test.db, [
      { id: "p-1", time: new Date(startMs), ...run, stage: "received", type: "user_message", connectionId: "c1" },
      {
        id: "p-2a",
        time: new Date(startMs + 10),
        ...run,
        stage: "routed",
        type: "user_message",
        router: "A",
        outcome: "error",
      },
      {
        id: "p-2",
        time: new Date(startMs + 10),
        ...run,
        stage: "routed",
        type: "user_message",
        router: "B",
        handler: "h",
      },
      { id: "p-3", time: new Date(startMs + 20), ...run, agentName: "supervisor" },
      { id: "p-4", time: new Date(startMs + 20), ...run, stage: "sent", router: "EventRouter", connectionId: "c1" },
    ]);
    await test.db.prisma
      .$executeRaw`UPDATE telemetry_event SET time = time + interval '123 microseconds' WHERE run_id = 'proved'`;
    const { body } = await test.get<JourneyDetail>("/api/v1/journeys/proved");
    const proofs = Object.fromEntries(body.steps.map(({ step: name, proof }) => [name, proof]));
    expect(proofs).toMatchObject({
      connected: null,
      received: { eventId: "p-1", router: null, connectionId: "c1", instance: "chat-1", version: "2.0" },
      routed: { eventId: "p-2", router: "B", handler: "h" },
      agent_started: { eventId: "p-3", agentName: "supervisor", router: "EventRouter", connectionId: "c1" },
      agent_completed: null,
      persisted: null,
    });
  });
});

describe("GET /api/v1/journeys/:id/neighbours", () => {
  const neighbours = async (id: string): Promise<JourneyNeighbours> => {
    const { status, body } = await test.get(`/api/v1/journeys/${id}/neighbours?environment=near`);
    expect(status).toBe(200);
    return journeyNeighbours.parse(body);
  };

  it("gives the owner's journeys around one in order of time, and says when there are more", async () => {
    const journey = (n: number) => ({
      id: `n-${String(n).padStart(2, "0")}`,
      environment: "near",
      owner: "near-alice",
    });
    const owned = Array.from({ length: 30 }, (_, n) => ({
      ...journey(n),
      startedAt: at(100_000 - Math.floor(n / 2) * 10),
    }));
    await seedJourneys(test.db, [...owned, { id: "n-bob", environment: "near", owner: "bob", startedAt: at(99_900) }]);
    const { owner, before, after, more } = await neighbours("n-15");
    const expected = owned.map(({ id }) => id);
    expect(owner).toBe("near-alice");
    expect(before.map(({ id }) => id)).toEqual(expected.slice(3, 15));
    expect(after.map(({ id }) => id)).toEqual(expected.slice(16, 28));
    expect(more).toEqual({ before: true, after: true });
    expect(await neighbours("n-29")).toMatchObject({ after: [], more: { before: true, after: false } });
  });

  it("gives the last healthy journey of the owner, and of anybody", async () => {
    const environment = "near";
    await seedJourneys(test.db, [
      { id: "h-old", environment, owner: "carol", startedAt: at(90_000) },
      { id: "h-failed", environment, owner: "carol", status: "failed", startedAt: at(80_000) },
      { id: "h-dave", environment, owner: "dave", startedAt: at(70_000) },
      { id: "h-now", environment, owner: "carol", status: "failed", startedAt: at(60_000) },
      { id: "h-later", environment, owner: "carol", startedAt: at(50_000) },
    ]);
    const { lastHealthy } = await neighbours("h-now");
    expect([lastHealthy.ofOwner?.id, lastHealthy.ofAnybody?.id]).toEqual(["h-old", "h-dave"]);
  });

  it("knows no neighbours of a journey without owner", async () => {
    await seedJourneys(test.db, [{ id: "nobodys", environment: "near", startedAt: at(10_000) }]);
    expect(await neighbours("nobodys")).toMatchObject({
      owner: null,
      before: [],
      after: [],
      lastHealthy: { ofOwner: null },
    });
  });
});
