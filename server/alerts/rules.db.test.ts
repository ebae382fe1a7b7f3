/** Rules over stored counters, sources and queues, and what admins set of them. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { alertList, auditList, overview, type RuleChangeBody, ruleList, sloView } from "@/contracts/http";
import type { AlertRuleId } from "@/domain/alerts/rules";
import { createTestApp, type TestApp } from "@/server/http/testing/test-app";
import { readJudgedState } from "@/server/storage/judging/judged-state";
import { autoCommit } from "@/server/storage/judging/transaction";
import { type AlertKit, createAlertKit } from "./testing/alert-kit";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
let test: TestApp;
let kit: AlertKit;
let environment = "";
let made = 0;
beforeAll(async () => {
  test = await createTestApp();
  kit = await createAlertKit(test);
});
afterAll(() => test.close());
beforeEach(async () => {
  made += 1;
  environment = `env-${made}`;
  const at = new Date(test.clock.nowMs);
  // An environment is known by what was found in it.
  const about = { environment, rule: "wrong_thread", severity: "warning", router: "", firstSeenAt: at, lastSeenAt: at };
  await test.db.prisma.incident.create({ data: { ...about, id: environment } });
  test.clock.nowMs += 3_000;
});

/** Counters of a minute so long ago, as the judge leaves them; every other one is not folded yet. */
async function counted(agoMs: number, metrics: Record<string, number>): Promise<void> {
  const minute = new Date(Math.floor((test.clock.nowMs - agoMs) / MINUTE_MS) * MINUTE_MS);
  const hour = new Date(Math.floor(minute.getTime() / HOUR_MS) * HOUR_MS);
  for (const [index, [metric, n]] of Object.entries(metrics).entries()) {
    if (index % 2 === 1) {
      await test.db.prisma.rollupDelta.create({ data: { environment, minute, metric, n: BigInt(n) } });
      continue;
    }
    for (const [grain, bucket] of [["minute", minute] as const, ["hour", hour] as const]) {
      await test.db.pool.query(
        `INSERT INTO rollup AS r VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (environment, grain, bucket, metric) DO UPDATE SET n = r.n + EXCLUDED.n`,
        [environment, grain, bucket, metric, n],
      );
    }
  }
}
const journeys = (agoMs: number, good: number, failed: number) =>
  counted(agoMs, { "status/succeeded": good, "status/failed": failed });

const send: TestApp["send"] = (method, path, ...rest) => test.send(method, `/api/v1/${path}`, ...rest);
const DEFAULTS: Omit<RuleChangeBody, "basedOn"> = {
  ...{ enabled: true, threshold: null, forMs: null, keepFiringMs: null, minSample: null },
};
const setRule = (rule: AlertRuleId, change: Partial<RuleChangeBody>) =>
  send("PUT", `alert-rules/${rule}?environment=${environment}`, { basedOn: 0, ...DEFAULTS, ...change });
const look = async () => {
  await kit.evaluator.lookAtAll();
  const { items } = alertList.parse((await test.get(`/api/v1/alerts?environment=${environment}`)).body);
  return items
    .filter(({ rule }) => rule !== "watchdog")
    .map(({ rule, phase, labels }) => [rule, labels.objective ?? labels.source, phase].filter(Boolean).join(" "));
};
/** Time passes under the evaluator's eyes. */
const pass = async (minutes: number) => {
  for (let minute = 0; minute < minutes; minute += 1) {
    test.clock.nowMs += MINUTE_MS;
    await kit.evaluator.lookAtAll();
  }
};
const ruleRow = async (rule: AlertRuleId) => {
  const { items } = ruleList.parse((await test.get(`/api/v1/alert-rules?environment=${environment}`)).body);
  return items.find((row) => row.rule === rule) ?? expect.unreachable();
};
const slo = async () => sloView.parse((await test.get(`/api/v1/slo?environment=${environment}`)).body);

describe("a burning budget", () => {
  it("pages once, whether it burns fast or slowly or both", async () => {
    await journeys(29 * MINUTE_MS, 90, 10);
    expect(await look()).toEqual(["burn_rate_slow golden_path firing"]);
    await journeys(MINUTE_MS, 40, 10);
    expect(await look()).toEqual(["burn_rate_slow golden_path firing"]);
    expect((await ruleRow("burn_rate_fast")).readings).toContainEqual(
      expect.objectContaining({ labels: { objective: "golden_path", window: "1h/5m" }, condition: "breached" }),
    );
    expect(await kit.told(environment)).toEqual(["firing: firing BurnRateSlow"]);
  });

  it("pages while both windows burn, and ends when the short one does not", async () => {
    await setRule("burn_rate_slow", { enabled: false });
    await journeys(MINUTE_MS, 40, 10);
    expect(await look()).toEqual(["burn_rate_fast golden_path firing"]);
    expect(await ruleRow("burn_rate_fast")).toMatchObject({
      firing: 1,
      readings: expect.arrayContaining([
        expect.objectContaining({ labels: { objective: "golden_path", window: "1h/5m" }, condition: "breached" }),
        expect.objectContaining({ labels: { objective: "response_time", window: "1h/5m" }, gap: "no_data" }),
      ]),
    });
    await journeys(0, 2_000, 0);
    expect(await look(), "kept for five minutes").toContain("burn_rate_fast golden_path firing");
    await pass(5);
    await journeys(0, 2_000, 0);
    expect(await look()).not.toContain("burn_rate_fast golden_path firing");
  });

  it("is neither healthy nor broken while what was reported is not judged", async () => {
    await journeys(MINUTE_MS, 50, 50);
    const at = new Date(Date.now() - 31_000);
    const run = { kind: "run", environment, key: "r" };
    const mark = await test.db.prisma.dirtyMark.create({ data: { ...run, createdAt: at, dueAt: at } });
    expect(await look()).toEqual(["judge_lag pending"]);
    expect((await ruleRow("burn_rate_fast")).readings[0]).toMatchObject({ gap: "unjudged", value: null });
    test.clock.nowMs += MINUTE_MS;
    expect(await look()).toEqual(["judge_lag firing"]);
    await test.db.prisma.dirtyMark.delete({ where: { seq: mark.seq } });
    expect(await look()).toContain("burn_rate_fast golden_path firing");
  });

  it("is looked at while marks wait that are not due, or that were made just now to go first", async () => {
    const ago = (ms: number) => new Date(Date.now() - ms);
    const later = { kind: "journey", environment, key: "j", createdAt: ago(HOUR_MS), dueAt: ago(-HOUR_MS) };
    const first = { kind: "connection", environment, key: "c", createdAt: ago(0), dueAt: ago(HOUR_MS) };
    await test.db.prisma.dirtyMark.createMany({ data: [later, first] });
    expect(await look()).toEqual([]);
    const state = await readJudgedState(autoCommit(test.db.pool), environment);
    expect(state.nowMs - (state.oldestMs ?? 0)).toBeLessThan(30_000);
    await test.db.prisma.dirtyMark.deleteMany({ where: { environment } });
  });

  it("is not taken for judged behind another environment's long queue", async () => {
    await journeys(MINUTE_MS, 50, 50);
    await test.db.pool.query(
      `INSERT INTO dirty_mark (kind, environment, key, created_at, due_at)
       SELECT 'run', CASE WHEN i > 10000 THEN $1 ELSE 'crowded' END, i::text, at, at
       FROM generate_series(1, 10001) i, LATERAL (SELECT now() - interval '40 seconds' + i * interval '1 microsecond') t(at)`,
      [environment],
    );
    expect(await look()).toEqual(["judge_lag pending"]);
    await test.db.prisma.dirtyMark.deleteMany();
  });

  it("says nothing below its sample, which an admin may set", async () => {
    await journeys(MINUTE_MS, 5, 15);
    expect(await look()).toEqual([]);
    await setRule("burn_rate_fast", { minSample: 20 });
    expect(await look()).toEqual(["burn_rate_fast golden_path firing"]);
  });
});

describe("other rules", () => {
  it("fire when a critical type stays under its target", async () => {
    await counted(MINUTE_MS, { "delivery/agent_completed/emitted": 100, "delivery/agent_completed/delivered": 90 });
    expect(await look()).toEqual(["delivery_under_target delivery/agent_completed pending"]);
    await pass(2);
    expect(await look()).toEqual(["delivery_under_target delivery/agent_completed firing"]);
  });

  it("fire when a source falls silent, and end when it is heard again", async () => {
    const lastReceivedAt = new Date(test.clock.nowMs - 16 * MINUTE_MS);
    const id = `source-${environment}`;
    const source = { id, environment, url: "http://a", state: "connected", lastReceivedAt };
    await test.db.prisma.source.create({ data: source });
    expect(await look()).toEqual([`source_silent ${id} firing`]);
    await test.db.prisma.source.update({ where: { id }, data: { lastReceivedAt: new Date(test.clock.nowMs) } });
    expect(await look()).toEqual([]);
  });

  it("do not wait for a source that was taken out of the configuration, but for one that pushed", async () => {
    const lastReceivedAt = new Date(test.clock.nowMs - HOUR_MS);
    const stopped = { environment, state: "stopped", lastReceivedAt };
    const gone = { ...stopped, id: `gone-${environment}`, url: "http://a" };
    const pushed = { ...stopped, id: `pushed-${environment}`, url: "push" };
    await test.db.prisma.source.createMany({ data: [gone, pushed] });
    expect(await look()).toEqual([`source_silent pushed-${environment} firing`]);
  });

  it("fire when requests stay away that came at this time of earlier days", async () => {
    await counted(DAY_MS + 5 * MINUTE_MS, { "status/succeeded": 100 });
    await counted(7 * DAY_MS + 5 * MINUTE_MS, { "status/succeeded": 80 });
    await counted(5 * MINUTE_MS, { "status/succeeded": 30 });
    expect(await look(), "nothing is known of the whole time a week ago").toEqual([]);
    expect((await ruleRow("traffic_drop")).readings).toMatchObject([{ gap: "no_data" }]);
    await counted(7 * DAY_MS + 2 * HOUR_MS, { "status/succeeded": 1 });
    expect(await look()).toEqual(["traffic_drop pending"]);
    await pass(5);
    expect(await look()).toEqual(["traffic_drop firing"]);
    expect((await ruleRow("traffic_drop")).readings).toMatchObject([{ value: 0.375, threshold: 0.5 }]);
  });

  it("do not fire for a quiet time that is as quiet as it was a week ago", async () => {
    await counted(8 * DAY_MS, { "status/succeeded": 500 });
    await counted(DAY_MS + 5 * MINUTE_MS, { "status/succeeded": 100 });
    expect(await look()).toEqual([]);
    expect((await ruleRow("traffic_drop")).readings).toMatchObject([{ gap: "too_few" }]);
  });

  it("fire when a greater share than usual has a router conflict, once there is a day to compare with", async () => {
    const at = (agoMs: number) => new Date(test.clock.nowMs - agoMs);
    const journey = (n: number, startedAt: Date) => ({
      ...{ environment, key: `r:${n}`, id: `${n}`, status: "degraded", startedAt, lastEventAt: startedAt },
      ...{ policyVersion: 1, eventCount: 1, judgedAt: startedAt, contributionMinute: startedAt, verdict: {} },
      findings: ["router_conflict"],
    });
    const day = Array.from({ length: 96 }, (_, n) => journey(n, at(40 * MINUTE_MS + n * MINUTE_MS)));
    const now = Array.from({ length: 12 }, (_, n) => journey(1_000 + n, at(n * MINUTE_MS)));
    await test.db.prisma.journey.createMany({ data: [...day, ...now] });
    await counted(2 * HOUR_MS, { "status/degraded": 9_600 });
    await counted(MINUTE_MS, { "status/degraded": 400 });
    expect(await look()).toEqual([]);
    expect((await ruleRow("router_conflicts")).readings).toMatchObject([{ gap: "no_data" }]);
    await counted(2 * DAY_MS, { "status/degraded": 1 });
    expect(await look()).toEqual(["router_conflicts pending"]);
    expect((await ruleRow("router_conflicts")).readings).toMatchObject([{ value: 3, threshold: 2 }]);
    await counted(2 * MINUTE_MS, { "status/degraded": 800 });
    expect(await look(), "more conflicts, because there is more of everything").toEqual([]);
  });

  it("that are disabled end what they raised and raise nothing", async () => {
    await journeys(MINUTE_MS, 50, 50);
    expect(await look()).toContain("burn_rate_fast golden_path firing");
    await setRule("burn_rate_fast", { enabled: false });
    expect(await look()).not.toContain("burn_rate_fast golden_path firing");
  });
});

describe("what is set of a rule", () => {
  it("counts from the next look, names who set it, and may be given back", async () => {
    const saved = await setRule("judge_lag", { threshold: 5_000, forMs: 0 });
    expect(saved.status).toBe(200);
    expect(test.told.at(-1)).toBe(environment);
    expect(await ruleRow("judge_lag")).toMatchObject({
      ...{ revision: 1, changedBy: "preset admin key", own: { threshold: 5_000, forMs: 0, keepFiringMs: null } },
      settings: { threshold: 5_000, forMs: 0, keepFiringMs: 60_000 },
    });
    expect((await setRule("judge_lag", { threshold: 6_000 })).body).toMatchObject({
      error: { code: "changed_meanwhile" },
    });
    await setRule("judge_lag", { basedOn: 1 });
    expect(await ruleRow("judge_lag")).toMatchObject({ revision: 2, settings: { threshold: 30_000, forMs: 60_000 } });
    const { items } = auditList.parse((await test.get("/api/v1/audit?action=settings_changed")).body);
    expect(items[0]).toMatchObject({ environment, target: "alert rule judge_lag", detail: { threshold: null } });
  });

  it.each([
    ["judge_lag", { threshold: 1 }, "threshold"],
    ["watchdog", { threshold: 1 }, "threshold"],
    ["traffic_drop", { threshold: 2 }, "threshold"],
    ["judge_lag", { minSample: 5 }, "minSample"],
    ["judge_lag", { forMs: -1 }, "forMs"],
  ] as const)("of %s is refused by the field: %j", async (rule, change, field) => {
    const { status, body } = await setRule(rule, change);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { details: [{ field }] } });
  });

  it("is refused to whoever only reads, and of no known rule", async () => {
    const read = { authorization: `Bearer ${await test.makeKey("read", ["*"])}` };
    const path = (rule: string) => `alert-rules/${rule}?environment=${environment}`;
    expect((await send("PUT", path("watchdog"), { basedOn: 0, ...DEFAULTS }, read)).status).toBe(403);
    expect((await send("PUT", path("nothing"), { basedOn: 0, ...DEFAULTS })).status).toBe(404);
  });
});

describe("objectives", () => {
  it("say what was counted, what is left of the budget and how fast it burns; nothing counted is no data", async () => {
    await journeys(30 * MINUTE_MS, 990, 10);
    await journeys(20 * DAY_MS, 1_000, 0);
    const { objectives } = await slo();
    const [golden] = objectives;
    expect(golden).toMatchObject({
      ...{ objective: "golden_path", target: 0.995, good: 1990, total: 2000, ratio: 0.995 },
      budget: { allowed: 10, failed: 10, left: 0 },
    });
    expect(golden?.burn[0]).toMatchObject({
      ...{ rule: "burn_rate_fast", threshold: 14.4, long: { rate: 2, total: 1000, minSample: 50 } },
      short: { rate: null, total: 0, minSample: 5 },
    });
    for (const other of objectives.slice(1)) expect(other).toMatchObject({ ratio: null, budget: { left: null } });
  });

  it("have targets that admins set; the overview's is the same", async () => {
    const path = `slo?environment=${environment}`;
    const change = { basedOn: 0, targets: { golden_path: 0.9 } };
    expect((await send("PUT", path, change)).body).toMatchObject({ revision: 1, changedBy: "preset admin key" });
    expect((await slo()).objectives[0]).toMatchObject({ target: 0.9, defaultTarget: 0.995 });
    const { reliability } = overview.parse((await test.get(`/api/v1/overview?environment=${environment}`)).body);
    expect(reliability.target).toBe(0.9);
    expect((await send("PUT", path, change)).status).toBe(409);
    for (const targets of [{ golden_path: 1 }, { golden_path: 0.1 }, { unknown: 0.9 }]) {
      expect((await send("PUT", path, { basedOn: 1, targets })).status).toBe(400);
    }
    const person = { cookie: await test.signIn("Rita"), authorization: "" };
    expect((await send("PUT", path, { basedOn: 1, targets: {} }, person)).status).toBe(403);
  });
});
