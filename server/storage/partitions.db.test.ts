import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "./database";
import { insertEvents } from "./insert-events";
import { DAY_MS } from "./partition-days";
import { ensureDays, ensurePartitions, listPartitions } from "./partitions";
import { buildEvent } from "./testing/build-event";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const nowMs = Date.UTC(2026, 10, 21, 23, 59);
const names = async () => (await listPartitions(db.pool)).map(({ name }) => name.slice(-4));

describe("ensurePartitions", () => {
  test("makes today, three days ahead, and every day of the range", async () => {
    await ensurePartitions(db, nowMs, nowMs - 2 * DAY_MS, nowMs);
    expect(await names()).toEqual(["1119", "1120", "1121", "1122", "1123", "1124"]);
  });

  test("a partition has the indexes and the key of its parent", async () => {
    await ensurePartitions(db, nowMs, nowMs, nowMs);
    const count = async (table: string) => {
      const sql = "SELECT count(*)::int AS n FROM pg_index WHERE indrelid = $1::regclass";
      return (await db.pool.query<{ n: number }>(sql, [table])).rows[0]?.n;
    };
    expect(await count("telemetry_event_20261121")).toBe(await count("telemetry_event"));
    await expect(db.pool.query("INSERT INTO telemetry_event_20261121 (id) VALUES ('x')")).rejects.toThrow("null");
  });

  test("processes that need the same days at once make each of them once", async () => {
    const others = await Promise.all([1, 2, 3].map(() => openDatabase({ url: db.url, poolSize: 2 })));
    await Promise.all([db, ...others].map((each) => ensurePartitions(each, nowMs, nowMs - 5 * DAY_MS, nowMs)));
    expect(await names()).toHaveLength(9);
    await Promise.all(others.map((other) => other.close()));
  });

  test("neither a long read nor an open insert holds up a new day, nor the other way round", async () => {
    await ensurePartitions(db, nowMs, nowMs, nowMs);
    const reader = await db.pool.connect();
    await reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await reader.query("SELECT count(*) FROM telemetry_event");
    await reader.query(
      "INSERT INTO telemetry_event_20261121 (environment, id, time, received_at, stage, outcome, scope) VALUES ('e', 'x', '2026-11-21T01:00Z', now(), 'state', 'ok', 'user')",
    );
    await ensureDays(db, [Date.UTC(2026, 9, 1)]);
    expect(
      await insertEvents(db, { events: [buildEvent()], marksOf: () => [], notesOf: () => [], source: null }),
    ).toEqual(["inserted"]);
    await reader.query("COMMIT");
    reader.release();
    expect(await names()).toContain("1001");
  });

  test("a table that retention left detached is replaced by an empty one", async () => {
    const day = Date.UTC(2026, 9, 1);
    await db.pool.query("CREATE TABLE telemetry_event_20261001 (leftover integer)");
    await ensureDays(db, [day]);
    expect(await names()).toEqual(["1001"]);
  });

  test("an insert finds out that another process dropped its day, and makes it again", async () => {
    const event = buildEvent();
    const batch = { marksOf: () => [], notesOf: () => [], source: null };
    await insertEvents(db, { ...batch, events: [event] });
    await db.pool.query("DROP TABLE telemetry_event_20261121");
    expect(await insertEvents(db, { ...batch, events: [event] })).toEqual(["inserted"]);
  });
});
