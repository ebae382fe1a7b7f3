import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SearchHit, searchAnswer } from "@/contracts/http";
import { NOW_MS, seedEvents, seedJourneys } from "./testing/seed";
import { createTestApp, type TestApp } from "./testing/test-app";

let test: TestApp;
const DAY = 86_400_000;
const at = (agoMs: number) => new Date(NOW_MS - agoMs);
const iso = (agoMs: number) => at(agoMs).toISOString();

async function find(q: string, parameters = "", key?: string) {
  const { status, body } = await test.get(`/api/v1/search?q=${encodeURIComponent(q)}${parameters}`, key);
  expect(status).toBe(200);
  return searchAnswer.parse(body);
}
const brief = (items: SearchHit[]) => items.map(({ kind, id, exact }) => [kind, id, exact]);

beforeAll(async () => {
  test = await createTestApp();
  await seedJourneys(test.db, [
    { id: "run-1", aliases: ["run-1", "ask-1"], owner: "ann", status: "failed", startedAt: at(9 * DAY) },
    { id: "run-10", aliases: ["run-10", "run-9x"], owner: "ben", startedAt: at(60_000) },
    { id: "ask-2", key: "m:/c-2:ask-2", aliases: ["ask-2"], owner: "ann", status: "running", startedAt: at(30_000) },
    { id: "run-1", environment: "other", owner: "zoe", startedAt: at(1_000) },
  ]);
  const common = { connectionId: "conn-a", threadId: "thread-7", userId: "ann" };
  await seedEvents(test.db, [
    { id: "e1", time: at(9 * DAY), stage: "received", type: "user_message", messageId: "ask-1", ...common },
    { id: "e2", time: at(9 * DAY - 10), stage: "routed", type: "user_message", messageId: "ask-1", runId: "run-1" },
    { id: "e3", time: at(9 * DAY - 20), messageId: "out-1", runId: "run-1" },
    { id: "e4", time: at(9 * DAY - 30), stage: "sent", messageId: "out-1", runId: "run-1", connectionId: "conn-a" },
    { id: "e5", time: at(50_000), messageId: "out-2", runId: "run-9x" },
    { id: "e6", time: at(40_000), messageId: "ping-1", type: "pong", connectionId: "conn-unknown" },
    { id: "e9", time: at(3_000), messageId: "ping-2", stage: "sent", connectionId: "conn-b", instance: "i1" },
    { id: "e7", time: at(2_000), messageId: "ask-1", environment: "other", connectionId: "conn-a" },
    { id: "e8", time: at(1_000), userId: "claimed-only" },
  ]);
  const interval = { environment: "default", instance: "i1", n: 0 };
  await test.db.prisma.connectionInterval.createMany({
    data: [
      { ...interval, connectionId: "conn-a", userId: "ann", openedAt: at(9 * DAY + 5), closedAt: at(8 * DAY) },
      { ...interval, connectionId: "conn-b", userId: "annabel", openedAt: at(5_000) },
    ],
  });
  await test.db.prisma.incident.create({
    data: {
      id: "0123456789abcdef01234567",
      environment: "default",
      rule: "wrong_recipient",
      severity: "critical",
      router: "MessageRouter",
      firstSeenAt: at(DAY),
      lastSeenAt: at(60_000),
    },
  });
});
afterAll(() => test.close());

describe("search by id", () => {
  it("finds a user by the beginning of the id, the exact one first, with how their newest journey stands", async () => {
    const { items } = await find("ann", "&environment=default");
    expect(items).toEqual([
      expect.objectContaining({ kind: "user", id: "ann", exact: true, connected: false, status: "running" }),
      expect.objectContaining({ kind: "user", id: "annabel", exact: false, connected: true, status: null }),
    ]);
  });

  it("finds a user whom no connection ever authenticated by the whole id", async () => {
    expect((await find("claimed-only")).items).toEqual([
      {
        kind: "user",
        id: "claimed-only",
        environment: "default",
        exact: true,
        at: iso(1_000),
        connected: false,
        status: null,
      },
    ]);
    expect((await find("claimed-onl")).items).toEqual([]);
  });

  it("finds runs however long ago, and by the id of a run that became part of another", async () => {
    const { items } = await find("run-1", "&environment=default");
    expect(brief(items)).toEqual([
      ["run", "run-1", true],
      ["run", "run-10", false],
    ]);
    expect(items[0]).toMatchObject({ status: "failed", owner: "ann", journeyId: "run-1", at: iso(9 * DAY) });
    expect((await find("run-9x")).items).toMatchObject([{ kind: "run", id: "run-9x", journeyId: "run-10" }]);
  });

  it("finds a request by its message id, with and without a run, once", async () => {
    const { items } = await find("ask-", "&environment=default");
    expect(items).toEqual([
      expect.objectContaining({ kind: "message", id: "ask-2", journeyId: "ask-2", status: "running" }),
      expect.objectContaining({ kind: "message", id: "ask-1", journeyId: "run-1", owner: "ann", type: "user_message" }),
    ]);
  });

  it("finds a message of an agent with its journey, and one that belongs to none", async () => {
    expect((await find("out-")).items).toMatchObject([
      { kind: "message", id: "out-2", journeyId: "run-10", owner: "ben" },
      { kind: "message", id: "out-1", journeyId: "run-1", status: "failed", type: "agent_started" },
    ]);
    expect((await find("ping-1")).items).toMatchObject([
      { kind: "message", journeyId: null, owner: null, userId: null, type: "pong" },
    ]);
    expect((await find("ping-2")).items).toMatchObject([{ kind: "message", journeyId: null, userId: "annabel" }]);
  });

  it("finds connections with their user and state, and one that was never seen to open", async () => {
    const { items } = await find("conn-", "&environment=default");
    expect(items.map((hit) => hit.kind === "connection" && [hit.id, hit.userId, hit.instance, hit.state])).toEqual([
      ["conn-b", "annabel", "i1", "open"],
      ["conn-unknown", null, "", "never_seen_open"],
      ["conn-a", "ann", "i1", "closed"],
    ]);
  });

  it("finds a thread by the messages received in it", async () => {
    expect((await find("thread-")).items).toMatchObject([
      { kind: "thread", id: "thread-7", owner: "ann", journeyId: "run-1", at: iso(9 * DAY) },
    ]);
  });

  it("finds an incident", async () => {
    expect((await find("0123456")).items).toMatchObject([
      { kind: "incident", rule: "wrong_recipient", severity: "critical", status: "open", router: "MessageRouter" },
    ]);
  });

  it("takes what patterns are made of as it is, and finds nothing for nonsense", async () => {
    for (const q of ["%", "run_1", "\\", "'", "\u{10FFFF}", "x".repeat(300)]) expect((await find(q)).items).toEqual([]);
  });

  it("lists a bounded number of each kind and says that there is more", async () => {
    const environment = "many";
    await seedJourneys(
      test.db,
      Array.from({ length: 30 }, (_, n) => ({ id: `many-${n}`, environment, startedAt: at(n) })),
    );
    const answer = await find("many-", `&environment=${environment}`);
    expect(answer.items).toHaveLength(8);
    expect(answer.more).toEqual(["run"]);
    expect((await find("many-29", `&environment=${environment}`)).items).toMatchObject([
      { id: "many-29", exact: true },
    ]);
  });

  it("shows a key its own environments only, and a session all", async () => {
    const key = await test.makeKey("read", ["other"]);
    expect((await find("run-1", "", key)).items).toMatchObject([{ environment: "other", owner: "zoe" }]);
    expect((await find("ask-1", "", key)).items).toMatchObject([{ environment: "other", journeyId: null }]);
    expect((await find("ann", "", key)).items).toEqual([]);
    expect((await test.get("/api/v1/search?q=a&environment=default", key)).status).toBe(403);
    expect((await test.get("/api/v1/search?q=a", null)).status).toBe(401);
    expect((await find("run-1")).items.map((hit) => hit.environment)).toEqual(["other", "default", "default"]);
  });

  it("refuses a search for nothing, and parameters it does not know", async () => {
    expect((await test.get("/api/v1/search")).status).toBe(400);
    expect((await test.get("/api/v1/search?q=")).status).toBe(400);
    expect((await test.get("/api/v1/search?q=a&kind=run")).status).toBe(400);
  });
});
