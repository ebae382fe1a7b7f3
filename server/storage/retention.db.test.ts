import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "./database";
import { insertEvents } from "./insert-events";
import { DAY_MS, dayName, startOfDay } from "./partition-days";
import { ensureDays, listPartitions } from "./partitions";
import { applyRetention, previewRetention, startRetention } from "./retention";
import { buildEvent } from "./testing/build-event";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let db: TestDatabase;
beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

const nowMs = Date.UTC(2026, 10, 21, 12);
const retentionMs = 14 * DAY_MS;
const limits = { nowMs, retentionMs, maxBytes: 20e9 };
const ago = (days: number) => nowMs - days * DAY_MS;
const keptDays = async () => (await listPartitions(db.pool)).map(({ day }) => (startOfDay(nowMs) - day) / DAY_MS);

async function fill(days: number[], perDay = 3) {
  const events = days.flatMap((n) => Array.from({ length: perDay }, () => buildEvent({ timeMs: ago(n) })));
  await insertEvents(db, { events, marksOf: () => [], notesOf: () => [], source: null });
}

async function addJourney(key: string, startedMs: number) {
  const at = new Date(startedMs);
  const data = {
    environment: "default",
    key,
    id: key,
    status: "running",
    startedAt: at,
    lastEventAt: at,
    policyVersion: 1,
  };
  const judged = { eventCount: 1, judgedAt: at, verdict: {}, contributionMinute: at, nextDeadline: at };
  await db.prisma.journey.create({ data: { ...data, ...judged } });
  await db.prisma.journeyAlias.create({ data: { environment: "default", alias: key, journeyKey: key } });
}

describe("retention", () => {
  test("by age: days past it are dropped and written down, their journeys frozen", async () => {
    await fill([0, 13, 15, 16]);
    await addJourney("lost", ago(15));
    await addJourney("kept", ago(13));
    const plan = await applyRetention(db, limits);
    expect(plan.drop.map(({ reason }) => reason)).toEqual(["age", "age"]);
    expect(await keptDays()).toEqual([13, 0]);
    expect(await db.prisma.telemetryEvent.count()).toBe(6);
    const dropped = await db.prisma.droppedDay.findMany({ orderBy: { day: "asc" } });
    expect(dropped).toMatchObject([
      { day: new Date(dayName(ago(16))), events: 3n, reason: "age" },
      { day: new Date(dayName(ago(15))), events: 3n, reason: "age" },
    ]);
    const journeys = await db.prisma.journey.findMany({ orderBy: { key: "asc" } });
    expect(journeys.map(({ key, frozen, nextDeadline }) => [key, frozen, nextDeadline === null])).toEqual([
      ["kept", false, false],
      ["lost", true, true],
    ]);
  });

  test("by size: the oldest go first, and a preview changes nothing", async () => {
    await fill([0, 1, 2, 3]);
    const all = await previewRetention(db, limits);
    const maxBytes = all.bytesAfter - 1;
    expect((await previewRetention(db, { ...limits, maxBytes })).drop).toMatchObject([{ reason: "size" }]);
    expect(await keptDays()).toEqual([3, 2, 1, 0]);
    const plan = await applyRetention(db, { ...limits, maxBytes });
    expect(plan).toMatchObject({ drop: [{ reason: "size" }], storageFull: false });
    expect(await keptDays()).toEqual([2, 1, 0]);
  });

  test("a day that comes back after it was dropped is counted again", async () => {
    for (const n of [1, 2]) {
      await fill([20], n);
      await applyRetention(db, limits);
    }
    expect(await db.prisma.droppedDay.findMany()).toMatchObject([{ events: 3n }]);
  });

  test("a long read delays a drop and still sees its rows; what was interrupted is finished later", async () => {
    await fill([0, 15]);
    const reader = await db.pool.connect();
    await reader.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    const count = async () => (await reader.query("SELECT count(*)::int AS n FROM telemetry_event")).rows[0].n;
    expect(await count()).toBe(6);
    const cancelled = expect(
      db.pool.query("ALTER TABLE telemetry_event DETACH PARTITION telemetry_event_20261106 CONCURRENTLY"),
    ).rejects.toThrow("cancel");
    await expect.poll(async () => (await listPartitions(db.pool)).some(({ detaching }) => detaching)).toBe(true);
    expect(await count()).toBe(6);
    await fill([0]);
    const { rows } = await db.pool.query(
      `SELECT pg_cancel_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND query LIKE 'ALTER TABLE%'`,
    );
    expect(rows).toHaveLength(1);
    await cancelled;
    await reader.query("COMMIT");
    reader.release();
    await applyRetention(db, limits);
    expect(await keptDays()).toEqual([0]);
    const { rows: tables } = await db.pool.query("SELECT FROM pg_class WHERE relname = 'telemetry_event_20261106'");
    expect(tables).toHaveLength(0);
    expect(await db.prisma.droppedDay.findMany()).toMatchObject([{ events: 3n, reason: "age" }]);
  });

  test("one process of several drops; inserts into the dropped day go on", async () => {
    await fill([15, 16, 0]);
    const other = await openDatabase({ url: db.url, poolSize: 4 });
    await Promise.all([applyRetention(db, limits), applyRetention(other, limits), fill([15]), fill([15])]);
    await ensureDays(other, [ago(15)]);
    await applyRetention(other, limits);
    expect(await keptDays()).toEqual([0]);
    const dropped = await db.prisma.droppedDay.findMany({ orderBy: { day: "asc" } });
    expect(dropped.map(({ events }) => events)).toEqual([3n, 9n]);
    await other.close();
  });

  test("the job prepares days ahead, says when storage is full, and cleans what is derived", async () => {
    await fill([0]);
    await addJourney("old", ago(29));
    await addJourney("young", ago(1));
    const rollup = { environment: "default", metric: "status/failed", n: 1n };
    await db.prisma.rollup.createMany({
      data: [
        { ...rollup, grain: "minute", bucket: new Date(ago(15)) },
        { ...rollup, grain: "minute", bucket: new Date(ago(13)) },
        { ...rollup, grain: "hour", bucket: new Date(ago(399)) },
        { ...rollup, grain: "hour", bucket: new Date(ago(401)) },
      ],
    });
    const interval = { environment: "default", instance: "", connectionId: "c" };
    await db.prisma.connectionInterval.createMany({
      data: [
        { ...interval, n: 0, closedAt: new Date(ago(16)) },
        { ...interval, n: 1, openedAt: new Date(ago(16)) },
      ],
    });
    await fill([29]);
    const lines: string[] = [];
    const job = startRetention({
      db,
      limits: () => ({ retentionMs, maxBytes: 1 }),
      beforeDrop: async () => undefined,
      nowMs: () => nowMs,
      log: (line) => lines.push(line),
    });
    expect(job.storageFull()).toBe(false);
    await job.run();
    expect(job.storageFull()).toBe(true);
    await job.stop();
    expect(lines).toEqual(["dropped telemetry of 2026-10-23 by age", "storage is full"]);
    expect(await keptDays()).toEqual([0, -1, -2, -3]);
    expect((await db.prisma.journey.findMany()).map(({ key }) => key)).toEqual(["young"]);
    expect(await db.prisma.journeyAlias.count()).toBe(1);
    expect((await db.prisma.rollup.findMany()).map(({ bucket }) => bucket.getTime())).toEqual([ago(13), ago(399)]);
    expect((await db.prisma.connectionInterval.findMany()).map(({ n }) => n)).toEqual([1]);
  });
});
