import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { type InsertBatch, insertEvents } from "./insert-events";
import { DAY_MS } from "./partition-days";
import { listPartitions } from "./partitions";
import { buildEvent } from "./testing/build-event";
import { createTestDatabase, type TestDatabase } from "./testing/test-database";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.pool.query("TRUNCATE telemetry_event, dirty_mark, quality_note, source CASCADE");
});

const noon = Date.UTC(2026, 10, 21, 12);

function store(events: TelemetryEvent[], fields: Partial<InsertBatch> = {}) {
  const marksOf: InsertBatch["marksOf"] = (inserted) =>
    inserted.map(({ id, environment }) => ({ kind: "event", environment, key: id }));
  return insertEvents(db, { events, marksOf, notesOf: () => [], source: null, ...fields });
}

async function storedIds(): Promise<string[]> {
  const rows = await db.prisma.telemetryEvent.findMany({ select: { id: true }, orderBy: { id: "asc" } });
  return rows.map((row) => row.id);
}

describe("what is stored", () => {
  test("every field comes back as it was given, times to the microsecond", async () => {
    const event = buildEvent({
      id: 'quote " and \\ back',
      timeMs: noon + 0.123,
      receivedAtMs: noon + 5,
      clockOffsetMs: -2.5,
      userId: "u",
      seq: 2 ** 40,
      attempt: 2,
      durationMs: 1.5,
      payloadBytes: 12,
      routingIds: ["a", 'b"\\', "{c,d}", "NULL", ""],
      canaryUsers: ["a", "{b}"],
      attributes: { closeCode: 1006, deep: { list: [1, null, "ü"] } },
      payload: ["null", null, { a: "\u2028" }],
    });
    expect(await store([event])).toEqual(["inserted"]);
    const row = await db.prisma.telemetryEvent.findFirstOrThrow();
    expect(row).toMatchObject({ id: event.id, userId: "u", seq: BigInt(2 ** 40), attempt: 2, durationMs: 1.5 });
    expect(row).toMatchObject({
      routingIds: event.routingIds,
      canaryUsers: event.canaryUsers,
      attributes: event.attributes,
      payload: event.payload,
    });
    expect(row.runId).toBeNull();
    const { rows } = await db.pool.query(
      "SELECT (extract(epoch FROM time) * 1000000)::text AS us FROM telemetry_event",
    );
    expect(rows[0].us).toBe(`${noon * 1000 + 123}.000000`);
  });

  test("an absent payload is NULL, not the JSON null", async () => {
    await store([buildEvent()]);
    const { rows } = await db.pool.query("SELECT payload IS NULL AS absent FROM telemetry_event");
    expect(rows).toEqual([{ absent: true }]);
  });

  test("a day without partition gets one", async () => {
    expect(await store([buildEvent({ timeMs: noon - 9 * DAY_MS })])).toEqual(["inserted"]);
    expect((await listPartitions(db.pool)).map((partition) => partition.name)).toContain("telemetry_event_20261112");
  });

  test("a time that rounds up to the next day is stored there", async () => {
    const midnight = Date.UTC(2026, 9, 3);
    expect(await store([buildEvent({ timeMs: midnight - 0.0003 })])).toEqual(["inserted"]);
  });
});

describe("repetition", () => {
  test("a resend changes nothing", async () => {
    const events = [buildEvent(), buildEvent()];
    await store(events);
    expect(await store(events)).toEqual(["duplicate", "duplicate"]);
    expect(await db.prisma.telemetryEvent.count()).toBe(2);
    expect(await db.prisma.dirtyMark.count()).toBe(2);
  });

  test("an id counts once within a batch and across environments it is two ids", async () => {
    const event = buildEvent();
    const outcomes = await store([
      event,
      event,
      { ...event, timeMs: event.timeMs + 1 },
      { ...event, environment: "b" },
    ]);
    expect(outcomes).toEqual(["inserted", "duplicate", "id_reused", "inserted"]);
  });

  test("an id with another time, even on another day, is not stored but noted", async () => {
    const event = buildEvent({ service: "chat" });
    await store([event]);
    const again = { ...event, timeMs: event.timeMs - 3 * DAY_MS };
    expect(await store([again, buildEvent()])).toEqual(["id_reused", "inserted"]);
    expect(await db.prisma.telemetryEvent.count()).toBe(2);
    expect(await db.prisma.qualityNote.findMany()).toMatchObject([
      { service: "chat", instance: "", code: "id_reused", count: 1n, sample: event.id },
    ]);
  });

  test("the same events from several writers at once are stored once and waited for by all", async () => {
    const events = Array.from({ length: 200 }, () => buildEvent());
    const all = await Promise.all([
      store(events),
      store([...events].reverse()),
      store(events),
      store([...events].reverse()),
    ]);
    expect(all.flat().filter((outcome) => outcome === "inserted")).toHaveLength(200);
    expect(all.flat().filter((outcome) => outcome === "duplicate")).toHaveLength(600);
    expect(await db.prisma.dirtyMark.count()).toBe(200);
  });
});

describe("bad rows", () => {
  const bad: [string, Partial<TelemetryEvent>][] = [
    ["NUL in a text", { userId: "a\u0000b" }],
    ["a lone surrogate in the payload", { payload: { text: "\ud800" } }],
    ["a key too long for its index", { id: Array.from({ length: 2000 }, (_, i) => (i * 7919).toString(36)).join("-") }],
    ["a number out of range", { attempt: 1e12 }],
    ["a year that no partition can have", { timeMs: Date.UTC(2026, 0, 1) + 1e17 }],
    ["a time that is no number", { timeMs: Number.NaN }],
  ];

  test.each(bad)("%s costs the other rows nothing", async (_, fields) => {
    const events = Array.from({ length: 13 }, (_, i) => buildEvent({ id: `row-${String(i).padStart(2, "0")}` }));
    events[7] = { ...buildEvent(), ...fields };
    const outcomes = await store(events, { notesOf: () => [] });
    expect(outcomes.map((outcome) => outcome === "inserted")).toEqual(events.map((_, i) => i !== 7));
    expect(outcomes[7]).toBe("not_storable");
    expect(await storedIds()).toHaveLength(12);
    expect(await db.prisma.dirtyMark.count()).toBe(12);
  });

  test("of two rows with one id the good one is stored", async () => {
    const event = buildEvent();
    expect(await store([{ ...event, userId: "\u0000" }, event, event])).toEqual([
      "not_storable",
      "inserted",
      "duplicate",
    ]);
  });

  test("many bad rows are all found", async () => {
    const events = Array.from({ length: 64 }, (_, i) => buildEvent(i % 3 === 0 ? { router: "\u0000" } : {}));
    const outcomes = await store(events);
    expect(outcomes.map((outcome) => outcome === "inserted")).toEqual(events.map((_, i) => i % 3 !== 0));
  });
});

describe("what is written with the events", () => {
  const source = { id: "s1", environment: "default", url: "http://x", state: "connected" };

  test("the source's cursor and counters move in the same transaction", async () => {
    await db.prisma.source.create({ data: source });
    const event = buildEvent({ timeMs: noon });
    await store([event, event, buildEvent({ userId: "\u0000" })], { source: { id: "s1", cursor: "c7", rejected: 2 } });
    expect(await db.prisma.source.findFirst()).toMatchObject({
      cursor: "c7",
      accepted: 1n,
      duplicates: 1n,
      rejected: 3n,
      lastEventAt: new Date(noon),
    });
  });

  test("when the cursor cannot be stored the events are not stored either", async () => {
    await expect(store([buildEvent()], { source: { id: "unknown", cursor: "c" } })).rejects.toThrow("no source");
    expect(await storedIds()).toEqual([]);
  });

  test("a batch of nothing still moves the cursor", async () => {
    await db.prisma.source.create({ data: { ...source, accepted: 4n } });
    await store([], { source: { id: "s1", cursor: "c8" } });
    expect(await db.prisma.source.findFirst()).toMatchObject({ cursor: "c8", accepted: 4n });
  });

  test("notes of one sender are counted together", async () => {
    const note = {
      environment: "default",
      service: "s",
      instance: "",
      code: "no_run_id" as const,
      count: 2,
      atMs: noon,
      sample: "x",
    };
    await store([buildEvent()], { notesOf: () => [note, { ...note, atMs: noon + 1000 }] });
    await store([buildEvent()], { notesOf: () => [{ ...note, atMs: noon - 1000 }] });
    expect(await db.prisma.qualityNote.findMany()).toMatchObject([
      { count: 6n, firstAt: new Date(noon - 1000), lastAt: new Date(noon + 1000) },
    ]);
  });
});
