import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { holdPresence, isJudged } from "@/server/storage/judging/presence";
import { buildEvent } from "@/server/storage/testing/build-event";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { store, type TestJudge, testJudge } from "./testing/judge-kit";
import { verifyStore } from "./verify-store";

let db: TestDatabase;
let judge: TestJudge | null = null;
beforeEach(async () => {
  db = await createTestDatabase({ poolSize: 10 });
});
afterEach(async () => {
  await judge?.stop();
  judge = null;
  await db.drop();
});

const startMs = Date.now() - 600_000;
const at = (ms: number, fields: Partial<TelemetryEvent>) =>
  buildEvent({ environment: "prod", timeMs: startMs + ms, receivedAtMs: startMs + ms, ...fields });

/** A whole journey, the connection that it went over, and a message that belongs to nobody. */
function traffic(n: number): TelemetryEvent[] {
  const [connectionId, runId, userId] = [`c${n}`, `r${n}`, `u${n}`];
  const start = n * 10;
  const message = { runId, connectionId, router: "R", type: "agent_completed", messageId: `a${n}` };
  return [
    at(start, { stage: "connection_authenticated", type: null, connectionId, userId }),
    at(start + 1, { stage: "received", type: "user_message", connectionId, messageId: `m${n}`, runId }),
    at(start + 2, { stage: "routed", type: "user_message", router: "R", messageId: `m${n}`, runId }),
    at(start + 3, { stage: "emitted", type: "agent_started", runId, messageId: `s${n}` }),
    at(start + 4, { ...message, stage: "emitted" }),
    at(start + 5, { ...message, stage: "sent" }),
    at(start + 6, { stage: "routed", type: "typing", router: "R", messageId: `loose${n}` }),
  ];
}

const found = async () => {
  const { differences, skipped } = await verifyStore(db, Date.now);
  return { what: differences.map(({ what }) => what).sort(), skipped };
};

/** Nothing waits any more: some marks wait for transactions of the whole server, also of other databases. */
async function settled() {
  await expect
    .poll(
      async () => {
        await verifyStore(db, Date.now);
        return db.prisma.dirtyMark.findMany();
      },
      { timeout: 20_000 },
    )
    .toEqual([]);
}

describe("signalbox verify", () => {
  it("judges by itself where no app runs, and leaves nothing behind that says one does", async () => {
    await store(db, traffic(1));
    const { differences, journeys, rollups } = await verifyStore(db, Date.now);
    expect(differences).toEqual([]);
    expect(journeys).toBe(1);
    expect(rollups).toBeGreaterThan(5);
    await settled();
    expect(await isJudged(db.pool)).toBe(false);
  });

  it("beside a running app takes nothing from its judge: every change is told to its pages", async () => {
    judge = testJudge(db);
    judge.start();
    await expect.poll(() => isJudged(db.pool)).toBe(true);
    for (let n = 0; n < 40; n++) await store(db, traffic(n));
    expect((await verifyStore(db, Date.now)).differences).toEqual([]);
    const told = new Set(judge.changes.flatMap(({ journeys }) => journeys.map(({ id }) => id)));
    expect(told.size).toBe(40);
  });

  it("comes to an end while telemetry keeps coming in, without naming what is merely on its way", async () => {
    judge = testJudge(db);
    judge.start();
    await expect.poll(() => isJudged(db.pool)).toBe(true);
    let going = true;
    let stored = 0;
    const writer = (async () => {
      while (going) await store(db, traffic(stored++ % 300));
    })();
    await expect.poll(() => stored).toBeGreaterThan(20);
    const { differences, journeys } = await verifyStore(db, Date.now);
    going = false;
    await writer;
    expect(differences).toEqual([]);
    expect(journeys).toBeGreaterThan(20);
    expect(judge.errors).toEqual([]);
  });

  it("names a verdict, a leak, a loose message, a connection and a counter that differ, and a journey too many or too few", async () => {
    for (let n = 0; n < 4; n++) await store(db, traffic(n));
    await settled();
    expect(await found()).toEqual({ what: [], skipped: 0 });
    await db.pool.query(`UPDATE journey SET verdict = verdict || '{"owner": "somebody"}' WHERE id = 'r0'`);
    await db.pool.query(`UPDATE journey SET contribution = '{}' WHERE id = 'r1'`);
    await db.pool.query("DELETE FROM journey WHERE id = 'r2'");
    await db.pool.query(`INSERT INTO journey (environment, key, id, status, started_at, last_event_at, policy_version,
      event_count, judged_at, verdict, contribution_minute)
      SELECT environment, 'r:nobody', 'nobody', status, started_at, last_event_at, 1, 1, now(), '{}', contribution_minute
      FROM journey WHERE id = 'r3'`);
    await db.pool.query("DELETE FROM loose_message WHERE key LIKE '%loose1'");
    await db.pool.query("UPDATE connection_interval SET user_id = 'mallory' WHERE connection_id = 'c3'");
    await db.pool.query(`WITH incident AS (INSERT INTO incident (id, environment, rule, severity, router, first_seen_at, last_seen_at)
      VALUES ('i', 'prod', 'wrong_thread', 'warning', '', now(), now()) RETURNING id)
      INSERT INTO occurrence (environment, key, incident_id, subject, rule, severity, router, event_ids, occurred_at)
      SELECT 'prod', 'nobody found it', id, 'r:r1', 'wrong_thread', 'warning', '', '{}', now() FROM incident`);
    const { what } = await found();
    expect([...new Set(what)]).toEqual([
      "connection_differs",
      "contribution_differs",
      "counter_differs",
      "journey_missing",
      "journey_unexpected",
      "leak_differs",
      "loose_message_differs",
      "verdict_differs",
    ]);
  });

  it("counts a journey that is marked anew instead of naming it", async () => {
    await store(db, traffic(1));
    await settled();
    expect(await found()).toEqual({ what: [], skipped: 0 });
    await db.pool.query(`UPDATE journey SET verdict = verdict || '{"owner": "somebody"}'`);
    await db.pool.query(`INSERT INTO dirty_mark (kind, environment, key, due_at)
      VALUES ('run', 'prod', 'r1', now() + interval '1 hour')`);
    expect(await found()).toEqual({ what: [], skipped: 1 });
    await db.pool.query("UPDATE dirty_mark SET key = 'another'");
    expect(await found()).toEqual({ what: ["verdict_differs"], skipped: 0 });
  });

  it("is not misled by marks of its environment that concern others", async () => {
    await store(db, traffic(1));
    await settled();
    expect(await found()).toEqual({ what: [], skipped: 0 });
    await db.pool.query(`UPDATE journey SET verdict = verdict || '{"owner": "somebody"}'`);
    await db.pool.query(`INSERT INTO dirty_mark (kind, environment, key, due_at)
      VALUES ('thread', 'prod', 't9', now() + interval '1 hour')`);
    expect(await found()).toEqual({ what: ["verdict_differs"], skipped: 0 });
  });

  it("judges by itself as soon as the app that it waits for is gone", async () => {
    const app = holdPresence(db.pool);
    await expect.poll(() => isJudged(db.pool)).toBe(true);
    await store(db, traffic(1));
    const waits: boolean[] = [];
    const verification = verifyStore(db, Date.now, {
      onWait(marks, byApp) {
        expect(marks).toBeGreaterThan(0);
        waits.push(byApp);
        void app.end();
      },
    });
    expect((await verification).differences).toEqual([]);
    expect(waits[0]).toBe(true);
  });
});
