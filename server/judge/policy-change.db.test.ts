import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { PolicyOverrides } from "@/domain/journeys/policy-values";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { savePolicy, settlePolicy } from "@/server/storage/save-policy";
import { buildEvent } from "@/server/storage/testing/build-event";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { store, testJudge } from "./testing/judge-kit";
import { verifyStore } from "./verify-store";

const START_MS = Date.UTC(2026, 0, 5, 12);
const CHANGE_MS = START_MS + 60_000;
let db: TestDatabase;
let nowMs = START_MS;
let newest = 1;

beforeEach(async () => {
  db = await createTestDatabase();
  nowMs = START_MS;
  newest = 1;
  await settlePolicy(db, DEFAULT_POLICY);
});
afterEach(() => db.drop());

const clock = { nowMs: () => nowMs };
const at = (ms: number, fields: Partial<TelemetryEvent>) =>
  buildEvent({ environment: "prod", timeMs: START_MS + ms, receivedAtMs: START_MS + ms, ...fields });
const request = (ms: number, messageId: string, type = "user_message") =>
  at(ms, { stage: "received", type, connectionId: "c1", messageId });

async function save(overrides: PolicyOverrides, fromMs: number | null, environment = "prod") {
  const saved = await savePolicy(db, { environment, basedOn: newest, overrides, fromMs, savedBy: "Ada" });
  if (!saved.ok) throw new Error(`the newest version is ${saved.version}`);
  newest = saved.version;
  return saved;
}

async function journeys() {
  const { rows } = await db.pool.query<{ id: string; status: string; version: number }>(
    "SELECT id, status, policy_version AS version FROM journey ORDER BY started_at, id",
  );
  return rows.map(({ id, status, version }) => `${id} ${status} by ${version}`);
}

async function expectNoDifference() {
  expect((await verifyStore(db, nowMs)).differences).toEqual([]);
}

describe("a policy that is changed while the judge runs", () => {
  it("judges what begins afterwards; what began before keeps its version, however often it is judged", async () => {
    const judge = testJudge(db, clock);
    await store(db, [request(0, "before"), request(59_000, "open")]);
    nowMs = START_MS + 59_500;
    await judge.drain();
    await save({ routeMs: 20_000 }, CHANGE_MS);
    await store(db, [request(61_000, "after")]);
    nowMs = START_MS + 68_000;
    await store(db, [at(65_000, { stage: "routed", type: "user_message", messageId: "before", router: "r" })]);
    await judge.drain();
    expect(await journeys()).toEqual(["before running by 1", "open failed by 1", "after running by 2"]);
    await expectNoDifference();
    nowMs = START_MS + 90_000;
    await judge.drain();
    expect(await journeys()).toEqual(["before failed by 1", "open failed by 1", "after failed by 2"]);
    await expectNoDifference();
  });

  it("that reaches back judges again what began since, and nothing older", async () => {
    const judge = testJudge(db, clock);
    await store(db, [request(0, "older"), request(61_000, "newer")]);
    nowMs = START_MS + 70_000;
    await judge.drain();
    expect(await journeys()).toEqual(["older failed by 1", "newer failed by 1"]);
    expect(await save({ routeMs: 20_000 }, CHANGE_MS)).toMatchObject({ version: 2, fromMs: CHANGE_MS, marked: 1 });
    await judge.drain();
    expect(await journeys()).toEqual(["older failed by 1", "newer running by 2"]);
    await expectNoDifference();
  });

  it("opens and closes journeys where it changes what a request is", async () => {
    const judge = testJudge(db, clock);
    await store(db, [request(0, "ping0", "ping"), request(61_000, "ping1", "ping"), request(62_000, "chat1")]);
    nowMs = START_MS + 70_000;
    await judge.drain();
    expect(await journeys()).toEqual(["chat1 failed by 1"]);
    await save({ requestTypes: ["ping"] }, CHANGE_MS);
    await judge.drain();
    expect(await journeys()).toEqual(["ping1 failed by 2"]);
    await expectNoDifference();
    await save({}, CHANGE_MS);
    await judge.drain();
    expect(await journeys()).toEqual(["chat1 failed by 3"]);
    await expectNoDifference();
  });

  it("a message told of late moves the beginning of its journey, and with it the version", async () => {
    const judge = testJudge(db, clock);
    await save({ routeMs: 20_000 }, CHANGE_MS);
    nowMs = START_MS + 300_000;
    await store(db, [at(61_000, { type: "agent_started", runId: "r1", inReplyTo: "m1" })]);
    await judge.drain();
    expect(await journeys()).toEqual([expect.stringMatching(/^r1 .* by 2$/)]);
    await store(db, [request(59_000, "m1")]);
    await judge.drain();
    expect(await journeys()).toEqual([expect.stringMatching(/^r1 .* by 1$/)]);
    await expectNoDifference();
  });

  it("of other environments is not touched, and a change for all reaches those with values of their own", async () => {
    const judge = testJudge(db, clock);
    nowMs = START_MS + 70_000;
    await store(db, [request(61_000, "a"), { ...request(61_000, "b"), environment: "staging" }]);
    await save({ routeMs: 20_000 }, CHANGE_MS);
    await judge.drain();
    expect(await journeys()).toEqual(["a running by 2", "b failed by 1"]);
    await settlePolicy(db, { ...DEFAULT_POLICY, gapMs: 1 });
    const { rows } = await db.pool.query("SELECT environment, version, body FROM policy ORDER BY version OFFSET 2");
    expect(rows).toMatchObject([
      { environment: "", version: 3, body: { routeMs: 5_000, gapMs: 1 } },
      { environment: "prod", version: 4, body: { routeMs: 20_000, gapMs: 1 } },
    ]);
    await judge.drain();
    expect(await journeys()).toEqual(["a running by 2", "b failed by 1"]);
    await expectNoDifference();
  });

  it("at a start with the same policy waits for nobody who reads the policies", async () => {
    await save({ gapMs: 9 }, null);
    const reader = await db.pool.connect();
    await reader.query("BEGIN; SELECT count(*) FROM policy");
    await settlePolicy(db, DEFAULT_POLICY);
    await reader.query("ROLLBACK");
    reader.release();
    expect(await db.prisma.policy.count()).toBe(2);
  });

  it("by two people at once is saved for one, and the other hears of it", async () => {
    const draft = { environment: "prod", basedOn: 1, fromMs: null, overrides: {}, savedBy: "Ada" };
    const results = await Promise.all([savePolicy(db, draft), savePolicy(db, draft)]);
    expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(results.find(({ ok }) => !ok)).toEqual({ ok: false, code: "policy_changed", version: 2 });
  });

  it("again and again, under running judges, leaves no verdict by the wrong version", async () => {
    nowMs = Date.now();
    const live = { nowMs: Date.now, workers: 1 };
    const judges = [testJudge(db, live), testJudge(db, live)];
    for (const judge of judges) judge.start();
    for (let round = 0; round < 30; round++) {
      const ahead = (round % 5) * 40;
      const timeMs = Date.now() + ahead;
      const sent = Array.from({ length: 20 }, (_, i) =>
        buildEvent({
          environment: "prod",
          stage: "received",
          type: i % 2 === 0 ? "user_message" : "ping",
          connectionId: `c${i}`,
          messageId: `${round}-${i}`,
          timeMs,
          receivedAtMs: timeMs,
        }),
      );
      const types = round % 2 === 0 ? ["user_message"] : ["ping", "user_message"];
      await Promise.all([
        store(db, sent),
        round % 3 === 0 ? save({ routeMs: 1_000 + round, requestTypes: types }, null) : undefined,
      ]);
    }
    await judges[0]?.drain();
    for (const judge of judges) await judge.stop();
    expect(judges.flatMap(({ errors }) => errors)).toEqual([]);
    expect(new Set((await journeys()).map((line) => line.split(" by ")[1])).size).toBeGreaterThan(3);
    expect((await verifyStore(db, Date.now())).differences).toEqual([]);
  });
});
