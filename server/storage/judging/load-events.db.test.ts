/** What the judge takes from memory is what it would read. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { insertEvents } from "../insert-events";
import { createRecentEvents, type RecentEvents } from "../recent-events";
import { buildEvent } from "../testing/build-event";
import { createTestDatabase, type TestDatabase } from "../testing/test-database";
import { type Lookup, loadEvents } from "./load-events";
import { inTransaction } from "./transaction";

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());
beforeEach(async () => {
  await db.pool.query("TRUNCATE telemetry_event");
});

const environment = "default";
const noon = Date.UTC(2026, 10, 21, 12);
const lookups: Lookup[] = [
  { by: "run", environment, id: "r1" },
  { by: "reply", environment, id: "m1" },
  { by: "message", environment, id: "m1" },
  { by: "run", environment: "other", id: "r1" },
];

const store = (events: TelemetryEvent[]) =>
  insertEvents(db, { events, marksOf: () => [], notesOf: () => [], source: null });

/** A memory that counts what was asked of it in vain. */
function counting(memory: RecentEvents) {
  const seen = { found: 0, missed: 0 };
  const find: RecentEvents["find"] = (ordinal, transaction) => {
    const event = memory.find(ordinal, transaction);
    if (event) seen.found++;
    else seen.missed++;
    return event;
  };
  return { ...memory, find, seen };
}

async function loadedBy(recent: RecentEvents | null) {
  const { events } = await inTransaction(db.pool, (session) => loadEvents(session, lookups, new Map(), recent));
  return [...new Map(events.map(({ ordinal, event }) => [ordinal, { ordinal, event }])).values()].sort(
    (a, b) => a.ordinal - b.ordinal,
  );
}

const events = () => [
  buildEvent({ id: "z", runId: "r1", timeMs: noon + 0.1234, receivedAtMs: noon + 7, clockOffsetMs: -2.25 }),
  buildEvent({ id: "a", runId: "r1", messageId: "m2", inReplyTo: "m1", seq: 2 ** 40, attempt: 3, durationMs: 1e21 }),
  buildEvent({ id: "m", stage: "received", type: "user_message", messageId: "m1", connectionId: "c1", threadId: "t" }),
  buildEvent({ id: "f", runId: "r1", outcome: "error", errorCode: "timeout", payloadBytes: 0.1, scope: "thread" }),
  buildEvent({ id: "p", runId: "r1", payload: { a: "b" }, payloadHash: "h", payloadHashKind: "server" }),
  buildEvent({ id: "q", runId: "r1", routingIds: ["u", "{v}"], canaryUsers: ['"'], attributes: { code: 1 } }),
  buildEvent({ id: "e", runId: "r1", environment: "other", service: "s", instance: "i", version: "v", sourceId: "x" }),
  buildEvent({ id: "n", runId: "r2" }),
];

test("what was stored here is the same from memory as from its rows, and nothing is read twice", async () => {
  await store(events());
  const memory = counting(db.recent);
  const fromMemory = await loadedBy(memory);
  expect(fromMemory).toEqual(await loadedBy(null));
  expect(fromMemory.map(({ event }) => event.id).sort()).toEqual(["a", "e", "f", "m", "p", "q", "z"]);
  expect(memory.seen).toMatchObject({ missed: 0 });
});

test("a row that somebody changed is read again", async () => {
  await store(events());
  await db.pool.query("UPDATE telemetry_event SET user_id = 'somebody' WHERE id = 'f'");
  const fromMemory = await loadedBy(db.recent);
  expect(fromMemory).toEqual(await loadedBy(null));
  expect(fromMemory.find(({ event }) => event.id === "f")?.event.userId).toBe("somebody");
});

test("what came in elsewhere, or is forgotten, is read beside what is known", async () => {
  const few = createRecentEvents(2);
  const [first, ...others] = events();
  await insertEvents({ ...db, recent: few }, { events: others, marksOf: () => [], notesOf: () => [], source: null });
  if (first) await store([first]);
  expect(await loadedBy(few)).toEqual(await loadedBy(null));
  expect(await loadedBy(createRecentEvents())).toEqual(await loadedBy(null));
});

test("of many that are not known all are read, and after that none is looked for", async () => {
  await store(Array.from({ length: 1_200 }, (_, i) => buildEvent({ runId: "r1", id: `many-${i}` })));
  const empty = counting(createRecentEvents());
  expect(await loadedBy(empty)).toHaveLength(1_200);
  expect(await loadedBy(empty)).toHaveLength(1_200);
  expect(empty.seen).toEqual({ found: 0, missed: 1_200 });
});
