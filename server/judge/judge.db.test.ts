import { afterEach, beforeEach, expect, it } from "vitest";
import { buildEvent } from "@/server/storage/testing/build-event";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { store, testJudge } from "./testing/judge-kit";
import { verifyStore } from "./verify-store";

const START_MS = Date.UTC(2026, 0, 5, 12);
let db: TestDatabase;
let nowMs = START_MS;

beforeEach(async () => {
  db = await createTestDatabase();
  nowMs = START_MS;
});
afterEach(() => db.drop());

const clock = { nowMs: () => nowMs };
const event = (afterMs: number, fields: Parameters<typeof buildEvent>[0]) =>
  buildEvent({ environment: "prod", timeMs: START_MS + afterMs, receivedAtMs: START_MS + afterMs, ...fields });
const request = (fields: Parameters<typeof buildEvent>[0] = {}) =>
  event(0, { stage: "received", type: "user_message", connectionId: "c1", messageId: "m1", ...fields });

async function journeys() {
  const { rows } = await db.pool.query<{ key: string; status: string; revision: number; owner: string | null }>(
    "SELECT key, status, revision, owner FROM journey ORDER BY key",
  );
  return rows;
}

it("a deadline that passes changes the verdict without another event", async () => {
  const judge = testJudge(db, clock);
  await store(db, [request()]);
  await judge.drain();
  expect(await journeys()).toMatchObject([{ status: "running", revision: 1 }]);
  nowMs = START_MS + 60_000;
  await judge.drain();
  expect(await journeys()).toMatchObject([{ status: "failed", revision: 2 }]);
  expect(judge.changes.at(-1)?.journeys).toMatchObject([{ status: "failed", brokenBy: "not_routed" }]);
});

it("a request and its run become one journey, and the key that is left over is retired", async () => {
  const judge = testJudge(db, clock);
  await store(db, [request()]);
  await judge.drain();
  expect(await journeys()).toMatchObject([{ key: "m:/c1:m1" }]);
  await store(db, [event(50, { stage: "emitted", type: "agent_started", runId: "r1", inReplyTo: "m1" })]);
  await judge.drain();
  expect(await journeys()).toMatchObject([{ key: "r:r1" }]);
  expect(judge.changes.flatMap((change) => change.removed)).toEqual(["m:/c1:m1"]);
  expect((await verifyStore(db, nowMs)).differences).toEqual([]);
});

it("a connection that is reported late gives the journey its owner", async () => {
  const judge = testJudge(db, clock);
  await store(db, [request({ userId: "claimed" })]);
  await judge.drain();
  expect(await journeys()).toMatchObject([{ owner: null }]);
  await store(db, [event(-10, { stage: "connection_authenticated", type: null, connectionId: "c1", userId: "alice" })]);
  await judge.drain();
  expect(await journeys()).toMatchObject([{ owner: "alice" }]);
});

it("the same verdict is not written again", async () => {
  const judge = testJudge(db, clock);
  await store(db, [request()]);
  await judge.drain();
  await db.pool.query("INSERT INTO dirty_mark (kind, environment, key) VALUES ('message', 'prod', 'm1')");
  await judge.drain();
  expect(await journeys()).toMatchObject([{ revision: 1 }]);
});

it("a subject that cannot be judged is set aside and shown, the others are judged", async () => {
  const judge = testJudge(db, clock);
  await db.pool.query("INSERT INTO dirty_mark (kind, environment, key) VALUES ('connection', 'prod', 'no JSON')");
  await store(db, [request()]);
  await judge.drain();
  expect(await journeys()).toHaveLength(1);
  expect((await judge.state("prod")).setAside).toBe(1);
  expect((await judge.state("prod")).backlog).toBe(0);
});
