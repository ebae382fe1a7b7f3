/** Notes that only a journey's judgment can tell, counted beside the process that sends it. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { sourceList } from "@/server/queries/sources";
import { buildEvent } from "@/server/storage/testing/build-event";
import { createTestDatabase, type TestDatabase } from "@/server/storage/testing/test-database";
import { store, testJudge } from "./testing/judge-kit";

const START_MS = Date.UTC(2026, 0, 5, 12);
const clock = { nowMs: () => START_MS + 3_600_000 };
let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db.drop());

const event = (id: string, fields: Parameters<typeof buildEvent>[0]) =>
  buildEvent({ environment: "prod", service: "chat", instance: "1", timeMs: START_MS, id, ...fields });
const login = (connectionId: string, userId: string) =>
  event(`${connectionId} ${userId}`, { stage: "connection_authenticated", type: null, connectionId, userId });

async function noted() {
  const { notes } = await sourceList(db, ["prod"]);
  return notes.map(({ code, service, instance, count, sample }) => ({
    code,
    by: `${service} ${instance}`,
    count,
    sample,
  }));
}

it("counts users and connections that nobody announced, once, until somebody does", async () => {
  const judge = testJudge(db, clock);
  const message = { type: "user_message", messageId: "m", runId: "r" };
  const sent = { stage: "sent", type: "agent_completed", runId: "r", messageId: "a", userId: "bob" } as const;
  await store(db, [
    login("c1", "alice"),
    event("e1", { stage: "received", ...message, connectionId: "c1", userId: "alice" }),
    event("e2", { ...sent, connectionId: "c2" }),
    event("e3", { ...sent, connectionId: "c2", instance: "2", timeMs: START_MS + 1 }),
  ]);
  await judge.drain();
  const unknown = [
    { code: "unknown_connection", by: "chat 1", count: 2, sample: "e2" },
    { code: "unknown_user", by: "chat 1", count: 2, sample: "e2" },
  ];
  expect((await noted()).toSorted((a, b) => (a.code < b.code ? -1 : 1))).toEqual(unknown);

  await store(db, [event("e4", { stage: "routed", ...message, router: "R" })]);
  await judge.drain();
  expect(await noted()).toHaveLength(2);

  await store(db, [login("c2", "bob")]);
  await judge.drain();
  // A connection of another instance is another connection.
  expect(await noted()).toEqual([{ code: "unknown_connection", by: "chat 2", count: 1, sample: "e3" }]);
});
