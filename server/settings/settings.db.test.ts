import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type IngestKit, startIngestKit, until, wireEvent } from "@/server/ingest/testing/ingest-kit";
import { insertEvents } from "@/server/storage/insert-events";
import { DAY_MS, dayName } from "@/server/storage/partition-days";
import { buildEvent } from "@/server/storage/testing/build-event";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { startSettings } from "./create-settings";
import { NO_VARIABLES, testSettings } from "./testing/settings-kit";

let db: TestDatabase;
let kit: IngestKit;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(async () => {
  await kit?.close();
  await db.drop();
});

describe("settings on several nodes", () => {
  it("what one node saves another takes into use within moments, for the events that come in then", async () => {
    const { service } = await testSettings(db, Date.now);
    const onError = (error: unknown) => expect.unreachable(String(error));
    const other = await startSettings({ db, config: NO_VARIABLES, onError, refreshMs: 50 });
    kit = await startIngestKit({
      typeAliases: other.typeAliases,
      allowedFields: other.allowedFields,
      retentionMs: () => other.limits().retentionMs,
    });
    const send = (id: string) =>
      kit.post(wireEvent({ id, type: "ponder", environment: "production", attributes: { model: "large" } }));
    const stored = (id: string) => kit.db.prisma.telemetryEvent.findFirstOrThrow({ where: { id } });

    await send("before");
    const { version } = await service.policy("production");
    const change = { basedOn: version, own: { typeAliases: { ponder: "agent_thinking" } } };
    expect(await service.savePolicy("production", change, "Ada")).toMatchObject({ ok: true });
    expect(await service.saveAllowedFields({ basedOn: 0, names: ["model"] }, "Ada")).toMatchObject({ ok: true });
    await until(() => {
      expect(other.typeAliases("production")).toEqual({ ponder: "agent_thinking" });
      expect(other.allowedFields()).toEqual(["model"]);
    });
    await send("after");
    other.stop();

    expect(await stored("before")).toMatchObject({ type: "ponder", originalType: null });
    expect(JSON.stringify((await stored("before")).attributes)).not.toContain("large");
    expect(await stored("after")).toMatchObject({
      ...{ type: "agent_thinking", originalType: "ponder" },
      attributes: { model: "large" },
    });
  });
});

describe("a dry run of retention", () => {
  it("counts what would go by the real days, and drops nothing", async () => {
    const nowMs = Date.now();
    const events = [0, 2, 5, 5, 6, 6, 6].map((days) => buildEvent({ timeMs: nowMs - days * DAY_MS }));
    await insertEvents(db, { events, marksOf: () => [], notesOf: () => [], source: null });
    const { service, settings } = await testSettings(db, () => nowMs);
    const basedOn = settings.stored().revision;
    const result = await service.previewRetention({ basedOn, retentionDays: 3, maxDiskBytes: null });
    expect(result).toMatchObject({
      ok: true,
      answer: {
        ...{ days: 2, events: 5, eventsExact: true, storageFull: false },
        ...{ oldest: dayName(nowMs - 6 * DAY_MS), newest: dayName(nowMs - 5 * DAY_MS) },
      },
    });
    expect(result.ok && result.answer.bytes).toBeGreaterThan(0);
    expect(await db.prisma.telemetryEvent.count()).toBe(7);
    const small = await service.previewRetention({ basedOn, retentionDays: null, maxDiskBytes: 1 });
    expect(small).toMatchObject({ answer: { days: 3, events: 6, storageFull: true } });
  });
});
