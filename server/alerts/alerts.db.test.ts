import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { alertHistory, alertList } from "@/contracts/http";
import { createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { MAX_WATCHED_INCIDENTS, watchedIncidents } from "@/server/storage/alerts/watched-incidents";
import { evaluate } from "./evaluate";
import { type AlertKit, createAlertKit } from "./testing/alert-kit";

const HOUR_MS = 3_600_000;
let test: TestApp;
let kit: AlertKit;
beforeAll(async () => {
  test = await createTestApp();
  kit = await createAlertKit(test);
});
afterAll(() => test.close());

async function incident(environment: string, router: string, partial: { severity?: string; status?: string } = {}) {
  const at = new Date(test.clock.nowMs);
  const about = { environment, rule: "wrong_recipient", severity: "critical", occurrences: 1, router };
  const id = `${environment}-${router}`;
  await test.db.prisma.incident.create({ data: { ...about, ...partial, id, firstSeenAt: at, lastSeenAt: at } });
  test.clock.nowMs += 3_000;
  return id;
}
const setStatus = (id: string, status: string) => test.db.prisma.incident.update({ where: { id }, data: { status } });
const mute = (id: string, mutedUntil: Date) => test.db.prisma.incident.update({ where: { id }, data: { mutedUntil } });

const standing = async (environment: string) =>
  alertList.parse((await test.get(`/api/v1/alerts?environment=${environment}`)).body);
const names = async (environment: string) =>
  (await standing(environment)).items.map(({ severity, phase, labels }) => `${severity} ${phase} ${labels.alertname}`);
const history = async (environment: string, query = "") =>
  alertHistory.parse((await test.get(`/api/v1/alerts/history?environment=${environment}${query}`)).body);

/** What is told while `what` runs. */
async function toldBy(what: () => Promise<unknown>): Promise<string[]> {
  const before = (await kit.told()).length;
  await what();
  return (await kit.told()).slice(before);
}
const look = () => kit.evaluator.lookAtAll();

describe("an incident", () => {
  it("fires at once when it is critical or high, and nothing lesser does", async () => {
    await incident("grave", "a");
    await incident("grave", "b", { severity: "high" });
    await incident("grave", "c", { severity: "warning" });
    await incident("grave", "d", { status: "acknowledged" });
    expect(await toldBy(look)).toEqual(["firing: firing OpenIncident a, firing OpenIncident b"]);
    expect(await names("grave")).toEqual([
      ...["critical firing OpenIncident", "high firing OpenIncident", "none firing Watchdog"],
    ]);
    const [first] = (await standing("grave")).items;
    expect(first).toMatchObject({
      ...{ summary: "Wrong recipient by a, seen once", path: "/incidents/grave-a?environment=grave" },
      labels: { incident: "grave-a", leak: "wrong_recipient", severity: "critical", environment: "grave" },
    });
  });

  it("is told once, however often and by however many nodes it is looked at, and again after four hours", async () => {
    const id = await incident("once", "a");
    const other = (await createOther()).evaluator;
    expect(await toldBy(() => Promise.all([look(), other.lookAtAll(), look(), other.lookAtAll()]))).toEqual([
      "firing: firing OpenIncident a",
    ]);
    test.clock.nowMs += HOUR_MS;
    expect(await toldBy(look)).toEqual([]);
    test.clock.nowMs += 3 * HOUR_MS;
    expect(await toldBy(look)).toContain("firing: firing OpenIncident a");
    await setStatus(id, "acknowledged");
    test.clock.nowMs += 4 * HOUR_MS;
    expect(await toldBy(look), "somebody has taken it on").not.toContain("firing: firing OpenIncident a");
    expect((await standing("once")).items[0]).toMatchObject({ phase: "firing", takenOn: true });
  });

  it("ends when it is resolved, disproved or muted, and a regression fires again", async () => {
    const [a, b, c] = [await incident("ends", "a"), await incident("ends", "b"), await incident("ends", "c")];
    await look();
    await setStatus(a, "resolved");
    expect(await toldBy(look)).toEqual([
      "firing: firing OpenIncident b, firing OpenIncident c, resolved OpenIncident a",
    ]);
    await setStatus(b, "withdrawn");
    await mute(c, new Date(test.clock.nowMs + HOUR_MS));
    const end = await toldBy(look);
    expect(end).toHaveLength(1);
    expect(end[0]).toMatch(/^resolved: resolved OpenIncident [bc], resolved OpenIncident [bc]$/);
    expect(await names("ends")).toEqual(["none firing Watchdog"]);
    await setStatus(a, "regressed");
    expect(await toldBy(look)).toEqual(["firing: firing OpenIncident a"]);
    test.clock.nowMs += HOUR_MS;
    expect(await toldBy(look), "a mute ends by the clock").toEqual([
      "firing: firing OpenIncident a, firing OpenIncident c",
    ]);
  });

  it("is told at once beside one that was just told, and named first", async () => {
    await incident("second", "a");
    await look();
    await incident("second", "b");
    expect(await toldBy(look)).toEqual(["firing: firing OpenIncident a, firing OpenIncident b"]);
    expect((await kit.notifications()).at(-1)?.alerts.map(({ labels }) => labels.router)).toEqual(["b", "a"]);
  });

  it("that regressed before anybody saw it resolved ends and fires again", async () => {
    const id = await incident("back", "a");
    await look();
    test.clock.nowMs += HOUR_MS;
    const regressedAt = new Date(test.clock.nowMs - 1_000);
    await test.db.prisma.incident.update({ where: { id }, data: { status: "regressed", regressedAt } });
    expect(await toldBy(look)).toEqual(["firing: firing OpenIncident a"]);
    expect(await names("back")).toEqual(["critical firing OpenIncident", "none firing Watchdog"]);
    expect((await history("back")).items.map(({ labels }) => labels.router)).toEqual(["a"]);
    expect(await toldBy(look)).toEqual([]);
  });

  it("that is critical or new is watched before older ones where there are very many, and a muted one takes no place", async () => {
    const [nowMs, hour] = [test.clock.nowMs, new Date(test.clock.nowMs + HOUR_MS)];
    const row = (id: string, agoMs: number, over: object = {}) => ({
      ...{ id, environment: "many", rule: "wrong_recipient", severity: "high", router: id, occurrences: 1 },
      ...{ firstSeenAt: new Date(nowMs - agoMs), lastSeenAt: new Date(nowMs), ...over },
    });
    const crowd = Array.from({ length: MAX_WATCHED_INCIDENTS }, (_, n) => row(`crowd-${n}`, 1_000 + n));
    const muted = row("muted", 0, { severity: "critical", mutedUntil: hour });
    const grave = row("grave", HOUR_MS, { severity: "critical" });
    const back = row("back", HOUR_MS, { status: "regressed", regressedAt: new Date(nowMs) });
    await test.db.prisma.incident.createMany({ data: [...crowd, muted, grave, back] });
    const watched = (await watchedIncidents(test.db.pool, "many", [], nowMs)).map(({ id }) => id);
    expect(watched).toHaveLength(MAX_WATCHED_INCIDENTS);
    expect(watched).toEqual(expect.arrayContaining(["grave", "back", "crowd-0"]));
    expect(watched).not.toContain("muted");
    expect(watched).not.toContain(`crowd-${MAX_WATCHED_INCIDENTS - 1}`);
    expect((await watchedIncidents(test.db.pool, "many", ["muted"], nowMs)).map(({ id }) => id)).toContain("muted");
    await test.db.prisma.incident.deleteMany({ where: { environment: "many" } });
  });

  it("wakes the evaluator, which tells it without waiting for the clock", async () => {
    await incident("woken", "a");
    const { evaluator } = kit;
    evaluator.start();
    evaluator.wake("woken", "incidents");
    await expect.poll(() => names("woken")).toContain("critical firing OpenIncident");
    await evaluator.stop();
  });

  it("that cannot be put into the outbox is told at the next look: nothing was changed", async () => {
    await incident("torn", "a");
    const nowMs = () => test.clock.nowMs;
    const broken = { db: test.db, nowMs, enqueue: () => Promise.reject(new Error("the power went")) };
    await expect(evaluate(broken, { environment: "torn", seen: new Map(), seenAtMs: nowMs() })).rejects.toThrow(
      "the power went",
    );
    expect((await standing("torn")).items).toEqual([]);
    expect(await toldBy(look)).toEqual(["firing: firing OpenIncident a"]);
  });
});

it("what a rule saw before somebody else looked raises and ends nothing", async () => {
  const deps = { db: test.db, nowMs: () => test.clock.nowMs, enqueue: async () => new Set<string>() };
  const reading = (condition: "breached" | "clear") => ({
    ...{ labels: { source: "s" }, severity: "warning" as const, condition, value: 1, threshold: 1, gap: null },
    ...{ quiet: false, summary: "silent", path: "/" },
  });
  const lookAt = (condition: "breached" | "clear", agoMs: number) => {
    const seen = new Map([["source_silent", [reading(condition)]]] as const);
    return evaluate(deps, { environment: "stale", seen, seenAtMs: test.clock.nowMs - agoMs });
  };
  await lookAt("clear", 0);
  await lookAt("breached", 1);
  expect(await names("stale")).toEqual([]);
  test.clock.nowMs += 1;
  await lookAt("breached", 0);
  await lookAt("clear", 1);
  expect(await names("stale")).toEqual(["warning firing SourceSilent"]);
  await test.db.prisma.alert.deleteMany({ where: { environment: "stale" } });
});

describe("the watchdog", () => {
  it("fires in every environment, from the first look on, and is told with the severity none", async () => {
    const heard = (await kit.notifications()).filter(({ groupLabels }) => groupLabels.alertname === "Watchdog");
    expect(new Set(heard.map(({ environment }) => environment))).toContain("grave");
    expect(heard[0]?.alerts[0]).toMatchObject({ status: "firing", labels: { severity: "none" }, endsAt: null });
  });
});

it("the watchdog of an environment of which nothing is left ends", async () => {
  const id = await incident("gone", "a");
  await look();
  await test.db.prisma.incident.delete({ where: { id } });
  test.clock.nowMs += 3_000;
  await look();
  expect(await names("gone")).toEqual([]);
  expect((await history("gone")).items.map(({ rule }) => rule).toSorted()).toEqual(["open_incident", "watchdog"]);
  await look();
  expect(await names("gone"), "and does not come back").toEqual([]);
});

describe("the history", () => {
  it("lists what ended, the latest first, in pages", async () => {
    for (const router of ["a", "b", "c"]) {
      await setStatus(await incident("past", router), "open");
      await look();
      await setStatus(`past-${router}`, "resolved");
      test.clock.nowMs += 60_000;
      await look();
    }
    const first = await history("past", "&limit=2");
    expect(first.items.map(({ labels, phase }) => `${labels.router} ${phase}`)).toEqual(["c resolved", "b resolved"]);
    const second = await history("past", `&limit=2&cursor=${first.nextCursor}`);
    expect(second.items.map(({ labels }) => labels.router)).toEqual(["a"]);
    expect(second.nextCursor).toBeNull();
    expect((await history("past", "&rule=watchdog")).items).toEqual([]);
    expect((await test.get("/api/v1/alerts/history?rule=none")).status).toBe(400);
  });
});

/** Another node on the same database. */
async function createOther(): Promise<AlertKit> {
  await test.db.prisma.alertChannel.deleteMany();
  return createAlertKit(test);
}
