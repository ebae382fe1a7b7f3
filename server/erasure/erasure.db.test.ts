import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AuditList, ErasureAnswer, ErasureList } from "@/contracts/access";
import type { Overview } from "@/contracts/http";
import { instantiate, loadScenarios } from "@/e2e/support/scenario";
import { ADMIN_KEY } from "@/server/http/testing/test-app";
import { verifyStore } from "@/server/judge/verify-store";
import { createErasureKit, type ErasureKit } from "./testing/erasure-kit";

/** Made so that no other id holds it. */
const USER = "zoë|'quoted\" user%\\7";
const scenarios = loadScenarios();
let kit: ErasureKit;

beforeAll(async () => {
  kit = await createErasureKit(ADMIN_KEY);
});
afterAll(() => kit.close());

const named = (text: string) => [text.split(USER).length - 1, text.split(JSON.stringify(USER).slice(1, -1)).length - 1];
const get = async <T>(path: string) => (await kit.test.get<T>(path)).body;

/** Everything that a count, a list or a person reads from, with users put aside. */
async function told() {
  const { pool } = kit.test.db;
  const journeys = await pool.query(
    "SELECT environment, key, status, findings, verdict->'steps' FROM journey ORDER BY 1, 2",
  );
  const incidents = await pool.query(
    "SELECT id, status, occurrences, cardinality(owners), cardinality(recipients) FROM incident ORDER BY 1",
  );
  const leaks = await pool.query(
    "SELECT environment, rule, subject, withdrawn_at IS NULL FROM occurrence ORDER BY 1, 2, 3, 4",
  );
  const overview = await get<Overview>("/api/v1/overview?window=1d");
  const { failures, reliability, usersAffected, delivery, funnel, series } = overview;
  return {
    journeys: journeys.rows,
    incidents: incidents.rows,
    leaks: leaks.rows,
    failures,
    reliability,
    usersAffected,
    delivery,
    funnel,
    series,
  };
}

describe("erasing a user", () => {
  it("leaves their id nowhere and every count as it was, in every kind of journey", async () => {
    for (const scenario of scenarios) {
      const environment = scenario.name;
      const { events } = instantiate(scenario, { prefix: "p-", environment, nowMs: kit.test.clock.nowMs });
      const theirs = JSON.parse(JSON.stringify(events), (_, value) => (value === "p-alice" ? USER : value)) as object[];
      const planted = theirs.map((event, n) => ({
        ...event,
        attributes: {
          ...("attributes" in event ? (event.attributes as object) : {}),
          customer: USER,
          ...(n % 3 === 0 ? { reason: "x" } : {}),
        },
        ...("payload" in event
          ? {}
          : n % 4 === 0
            ? { payload: { recipient_id: USER, customer: [USER], text: `hello ${USER}` } }
            : {}),
      }));
      expect(await kit.take(planted)).toMatchObject({
        accepted: planted.length - duplicatesIn(events),
        rejectedTotal: 0,
      });
    }
    await kit.judge.drain();
    expect(kit.judge.errors).toEqual([]);
    const before = await told();
    expect(Math.max(...named(await kit.dump()))).toBeGreaterThan(100);

    const erased = await kit.erase(USER);
    expect(erased.status).toBe(200);
    const { items } = erased.body as ErasureAnswer;
    expect(items.map(({ environment }) => environment).sort()).toEqual(scenarios.map(({ name }) => name).sort());
    expect((await kit.dump()).split("\n").filter((row) => Math.max(...named(row)) > 0)).toEqual([]);
    expect(await told()).toEqual(before);

    await kit.judge.drain();
    expect(kit.judge.errors).toEqual([]);
    expect(named(await kit.dump())).toEqual([0, 0]);
    expect(await told()).toEqual(before);
    expect((await verifyStore(kit.test.db, kit.test.clock.nowMs)).differences).toEqual([]);
  });

  it("is written down without the id, and shown", async () => {
    const { items } = await get<ErasureList>("/api/v1/erasures");
    expect(items).toHaveLength(scenarios.length);
    expect(items.every(({ state, finishedAt }) => state === "done" && finishedAt !== null)).toBe(true);
    expect(items.find(({ environment }) => environment === "leak-wrong-connection")).toMatchObject({
      counts: { connections: 1, journeys: 1, leaks: 1, incidents: 1 },
    });
    const { items: entries } = await get<AuditList>("/api/v1/audit?action=user_erased&environment=healthy");
    expect(entries).toMatchObject([{ target: expect.stringMatching(/^erased-[0-9a-f]{24}$/), actor: { kind: "key" } }]);
  });

  it("lets nobody find them by their id, and everybody who may by the pseudonym", async () => {
    const timeline = (user: string) =>
      get<{ items: { userId?: string }[] }>(`/api/v1/users/${encodeURIComponent(user)}/timeline?environment=healthy`);
    const pseudonym = kit.test.erased.pseudonymOf(USER);
    expect((await timeline(USER)).items).toEqual([]);
    expect((await timeline(pseudonym)).items.length).toBeGreaterThan(3);
    const looked = await get<AuditList>(`/api/v1/audit?action=timeline_read&environment=healthy`);
    expect(looked.items.map(({ target }) => target)).toEqual([pseudonym]);
    expect(named(await kit.dump())).toEqual([0, 0]);
  });

  it("holds for what is sent again and for what comes later, which belongs to what was there", async () => {
    const environment = "healthy-two-tabs";
    const scenario = scenarios.find(({ name }) => name === environment) ?? expect.unreachable();
    const play = (prefix: string) =>
      instantiate(scenario, { prefix, environment, nowMs: kit.test.clock.nowMs }).events.map(
        (event) =>
          JSON.parse(
            JSON.stringify(event)
              .replaceAll('"q-alice"', JSON.stringify(USER))
              .replaceAll('"p-alice"', JSON.stringify(USER)),
          ) as object,
      );
    const before = await told();
    expect(await kit.take(play("p-"))).toMatchObject({ accepted: 0, rejectedTotal: 0 });
    await kit.judge.drain();
    expect(await told()).toEqual(before);
    expect((await kit.take(play("q-"))).accepted).toBeGreaterThan(0);
    await kit.judge.drain();
    const { rows } = await kit.test.db.pool.query<{ owner: string; status: string }>(
      "SELECT owner, status FROM journey WHERE environment = $1",
      [environment],
    );
    const owner = kit.test.erased.pseudonymOf(USER);
    expect(rows).toEqual([
      { owner, status: "succeeded" },
      { owner, status: "succeeded" },
    ]);
    expect(named(await kit.dump())).toEqual([0, 0]);
  });

  it("of one environment leaves the others alone, and is no secret to be asked for twice", async () => {
    for (const environment of ["one", "two"]) {
      await kit.take([
        {
          id: `${environment}-e`,
          time: kit.test.clock.nowMs,
          stage: "emitted",
          type: "agent_started",
          userId: "both",
          environment,
        },
      ]);
    }
    const first = (await kit.erase("both", "one")).body as ErasureAnswer;
    expect(first.items).toMatchObject([{ environment: "one", counts: { events: 1 } }]);
    const users = async (environment: string) =>
      (await kit.test.db.prisma.telemetryEvent.findMany({ where: { environment } })).map(({ userId }) => userId);
    expect(await users("one")).toEqual([first.items[0]?.pseudonym]);
    expect(await users("two")).toEqual(["both"]);
    expect((await kit.erase("both", "one")).body).toMatchObject({ items: [{ state: "done", counts: { events: 0 } }] });
    expect(await kit.erase(first.items[0]?.pseudonym ?? "", "one")).toMatchObject({ status: 400 });
    expect(await users("one")).toEqual([first.items[0]?.pseudonym]);
  });
});

const duplicatesIn = (events: readonly { id: string }[]) => events.length - new Set(events.map(({ id }) => id)).size;

describe("what only some rows hold", () => {
  const environment = "places";
  const user = "place-user";

  it("goes too: verdicts without events, notes, silences, waiting marks, failures and the audit log", async () => {
    const { prisma } = kit.test.db;
    const at = new Date(kit.test.clock.nowMs - 60_000);
    const verdict = (name: string) => ({
      ...{ owner: name, claimedOwner: null, startedAtMs: at.getTime(), durationMs: null },
      ...{ steps: [], findings: [], linked: [] },
      deliveries: [{ recipient: name, messageId: "m" }],
      notes: [{ code: "unknown_user", text: `${name}, x never authenticated on a connection: a claim`, eventIds: [] }],
    });
    const row = { environment, status: "succeeded", startedAt: at, lastEventAt: at, policyVersion: 1, eventCount: 1 };
    const more = { judgedAt: at, contributionMinute: at, frozen: true };
    await prisma.journey.create({
      data: { ...row, ...more, key: "r:frozen", id: "frozen", owner: user, verdict: verdict(user) },
    });
    const change = { connections: [{ connectionId: user, users: [user], otherUsers: [user] }], stops: [], threads: [] };
    await prisma.dirtyMark.create({
      data: { kind: "fan_out", environment, key: JSON.stringify(change), dueAt: new Date(Date.now() + 86_400_000) },
    });
    await prisma.judgeFailure.create({
      data: { environment, kind: "fan_out", key: JSON.stringify(change), message: `cannot judge ${user}` },
    });
    await prisma.alertSilence.create({
      data: {
        ...{
          id: "s1",
          environment,
          matchers: [{ name: "router", op: "=", value: user }],
          comment: `${user} is testing`,
        },
        ...{ startsAt: at, endsAt: at, createdAt: at, createdBy: "Ada" },
      },
    });
    const key = await kit.test.makeKey("read", [environment]);
    await kit.test.get(`/api/v1/users/${user}/timeline`, key);
    await kit.test.get(`/api/v1/users/${user}/timeline`);
    const exported = await fetch(`${kit.test.url}/api/v1/events?user=${user}&environment=${environment}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    await exported.text();

    const { items } = (await kit.erase(user, environment)).body as ErasureAnswer;
    const pseudonym = items[0]?.pseudonym ?? "";
    expect(items[0]?.counts).toMatchObject({ journeys: 1, auditEntries: 3 });
    const stored = await prisma.journey.findFirstOrThrow({ where: { environment } });
    expect(stored).toMatchObject({ owner: pseudonym, frozen: true, verdict: verdict(pseudonym) });
    expect(await prisma.dirtyMark.count({ where: { kind: "journey", environment } })).toBe(0);
    const renamed = { ...change, connections: [{ connectionId: user, users: [pseudonym], otherUsers: [pseudonym] }] };
    expect(JSON.parse((await prisma.dirtyMark.findFirstOrThrow({ where: { environment } })).key)).toEqual(renamed);
    expect(await prisma.alertSilence.findUnique({ where: { id: "s1" } })).toMatchObject({
      ...{ comment: `${pseudonym} is testing`, matchers: [{ name: "router", op: "=", value: pseudonym }] },
    });
    // A connection of the same name is no user.
    const left = (await kit.dump()).split("\n").filter((line) => line.includes(user));
    expect(left.map((line) => line.replaceAll(/\\?"connectionId\\?": ?\\?"place-user\\?"/g, "")).join()).not.toContain(
      user,
    );

    // Looking for somebody who was erased writes the id down nowhere.
    await kit.test.get(`/api/v1/users/${user}/timeline`);
    await fetch(`${kit.test.url}/api/v1/events?user=${user}`, { headers: { authorization: `Bearer ${ADMIN_KEY}` } });
    const targets = await prisma.auditEntry.findMany({
      where: { action: { in: ["timeline_read", "events_exported"] } },
    });
    expect(targets.map(({ target }) => target)).not.toContain(user);
  });
});
