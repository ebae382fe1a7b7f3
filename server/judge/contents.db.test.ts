/** One content that reaches two users as two messages, whatever is told first and however late. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readIncidentJourneys } from "@/server/storage/reading/incidents/incident-journeys";
import { buildEvent } from "@/server/storage/testing/build-event";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { portions, seeded, shuffled, store, testJudge } from "./testing/judge-kit";

const START_MS = Date.UTC(2026, 0, 5, 12);
const clock = { nowMs: () => START_MS + 3_600_000 };
let db: TestDatabase;

beforeEach(async () => {
  db = await createTestDatabase();
});
afterEach(() => db.drop());

let count = 0;
const event = (afterMs: number, fields: Parameters<typeof buildEvent>[0]) =>
  buildEvent({ environment: "prod", timeMs: START_MS + afterMs, id: `e${count++}`, ...fields });
const login = (connectionId: string, userId: string) =>
  event(0, { stage: "connection_authenticated", type: null, connectionId, userId });
const run = (runId: string, connectionId: string, afterMs: number, hash = "h1") => {
  const answer = { type: "agent_completed", runId, messageId: `${runId}-answer`, agentName: "supervisor" };
  const content = { payloadHash: hash, payloadBytes: 4_096 };
  return [
    event(afterMs, { stage: "received", type: "user_message", messageId: `${runId}-m`, runId, connectionId }),
    event(afterMs + 10, {
      stage: "routed",
      type: "user_message",
      messageId: `${runId}-m`,
      runId,
      router: "MessageRouter",
    }),
    event(afterMs + 20, { stage: "emitted", inReplyTo: `${runId}-m`, ...answer, ...content }),
    event(afterMs + 30, { stage: "sent", connectionId, router: "EventRouter", ...answer, ...content }),
  ];
};

async function occurrences() {
  const { rows } = await db.pool.query<{ owner: string; recipient: string; withdrawn: boolean }>(
    `SELECT rule, owner, recipient, router, withdrawn_at IS NOT NULL AS withdrawn FROM occurrence
      WHERE rule = 'same_content' ORDER BY owner, recipient`,
  );
  return rows;
}

async function journeysOf(rule: string) {
  const [incident] = await db.prisma.incident.findMany({ where: { rule } });
  const rows = await readIncidentJourneys(db, { id: incident?.id ?? "", atMost: 100, after: null, limit: 10 });
  return rows.map(({ id }) => id);
}

const LEAK = { rule: "same_content", owner: "alice", recipient: "bob", router: "EventRouter", withdrawn: false };

describe("one content for two users", () => {
  it("is found in any order and any portions, once", async () => {
    const events = [login("c1", "alice"), login("c2", "bob"), ...run("r1", "c1", 1_000), ...run("r2", "c2", 301_000)];
    for (const seed of [1, 2, 3]) {
      const environment = `order-${seed}`;
      const random = seeded(seed);
      const own = events.map((one) => ({ ...one, environment }));
      const judge = testJudge(db, clock);
      for (const portion of portions(shuffled([...own, ...own], random), 4, random)) {
        await store(db, portion);
        await judge.drain();
      }
    }
    expect(await occurrences()).toEqual([LEAK, LEAK, LEAK]);
  });

  it("is found once the second user is known, and withdrawn when it was the first user after all", async () => {
    const judge = testJudge(db, clock);
    await store(db, [login("c1", "alice"), ...run("r1", "c1", 1_000), ...run("r2", "c2", 2_000)]);
    await judge.drain();
    expect(await occurrences()).toEqual([]);
    await store(db, [login("c2", "bob")]);
    await judge.drain();
    expect(await occurrences()).toEqual([LEAK]);
    expect(await journeysOf("same_content")).toEqual(["r2"]);
    await store(db, [
      event(900, { stage: "connection_authenticated", type: null, connectionId: "c2", userId: "alice" }),
    ]);
    await judge.drain();
    expect(await occurrences()).toEqual([{ ...LEAK, withdrawn: true }]);
  });

  it("is found across the border of two stretches, and not after more than five minutes", async () => {
    const judge = testJudge(db, clock);
    await store(db, [
      ...[login("c1", "alice"), login("c2", "bob")],
      ...[...run("r1", "c1", 590_000), ...run("r2", "c2", 610_000)],
      ...[...run("r3", "c1", 1_000, "h2"), ...run("r4", "c2", 301_001, "h2")],
    ]);
    await judge.drain();
    expect(await occurrences()).toEqual([LEAK]);
  });
});
