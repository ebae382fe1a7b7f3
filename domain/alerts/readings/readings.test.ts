import { describe, expect, test } from "vitest";
import { type AlertRuleId, settingsOf } from "../rules";
import { readConflicts } from "./conflicts";
import { readDelivery } from "./delivery";
import { readJudgeLag } from "./judge-lag";
import { readSource } from "./source";
import { readTraffic } from "./traffic";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const context = (rule: AlertRuleId, unjudged = false) => ({
  ...{ environment: "prod", settings: settingsOf(rule, null), unjudged },
});

describe("delivery of a critical type", () => {
  const read = (good: number, total: number, unjudged = false) =>
    readDelivery(
      { objective: "delivery/agent_completed", target: 0.99, counts: { good, total } },
      context("delivery_under_target", unjudged),
    );

  test("fires under its target, and not for one message that may be on its way", () => {
    expect(read(95, 100)).toMatchObject({
      ...{ condition: "breached", value: 0.95, threshold: 0.99, labels: { type: "agent_completed" } },
      summary: "95.00 % of 100 agent_completed reached their user in 30 minutes, against 99.00 %",
    });
    expect(read(59, 60)).toMatchObject({ condition: "clear" });
    expect(read(990, 1000).condition).toBe("clear");
  });

  test("says nothing of too little, of nothing, or of what is not judged", () => {
    expect(read(0, 49)).toMatchObject({ condition: "clear", gap: "too_few", value: null });
    expect(read(0, 0)).toMatchObject({ condition: "clear", gap: "no_data", value: null });
    expect(read(0, 100, true)).toMatchObject({ condition: "hold", gap: "unjudged", value: null });
  });
});

describe("router conflicts", () => {
  const counts = (conflicts: number, journeys: number) => ({ conflicts, journeys, spanMs: DAY_MS });
  test.each([
    ["three times the usual share", counts(30, 1_000), counts(100, 10_000), "breached", 3],
    ["twice the usual share, as the threshold says", counts(20, 1_000), counts(100, 10_000), "clear", 2],
    ["many conflicts of a morning's many journeys", counts(300, 30_000), counts(100, 10_000), "clear", 1],
    ["fewer than the sample", counts(9, 10), counts(1, 10_000), "clear", 9_000],
    ["a day without any", counts(10, 1_000), counts(0, 10_000), "breached", 100],
    ["a conflict in everything, as ever", counts(50, 50), counts(5_000, 5_000), "clear", 1],
    ["counters that are behind", counts(12, 0), counts(5_000, 10_000), "clear", 2],
    [
      "a count that ended after an hour",
      counts(30, 1_000),
      { ...counts(100, 240_000), spanMs: DAY_MS / 24 },
      "breached",
      3,
    ],
  ] as const)("are held against the share of the day before: %s", (_what, recent, earlier, condition, value) => {
    expect(readConflicts({ recent, earlier }, context("router_conflicts"))).toMatchObject({ condition, value });
  });

  test("say nothing without a whole day to be held against, or of what is not judged", () => {
    const recent = counts(10, 10);
    const read = (earlier: ReturnType<typeof counts> | null, unjudged = false) =>
      readConflicts({ recent, earlier }, context("router_conflicts", unjudged));
    expect(read(null)).toMatchObject({ condition: "clear", gap: "no_data", value: null });
    expect(read(counts(0, 0))).toMatchObject({ condition: "clear", gap: "no_data", value: null });
    expect(read(counts(1, 100), true)).toMatchObject({ condition: "hold", gap: "unjudged", value: null });
  });
});

describe("a source", () => {
  const nowMs = 100 * DAY_MS;
  const read = (silentMs: number | null, pushes = false) =>
    readSource(
      { id: "gateway", pushes, lastMs: silentMs === null ? null : nowMs - silentMs },
      { environment: "prod", settings: settingsOf("source_silent", null), nowMs },
    );

  test("is silent after a quarter of an hour without a word", () => {
    expect(read(14 * MINUTE_MS).condition).toBe("clear");
    expect(read(15 * MINUTE_MS)).toMatchObject({ condition: "breached", labels: { source: "gateway" } });
    expect(read(null)).toMatchObject({ condition: "clear", gap: "no_data" });
  });

  test("that pushed is forgotten after a week, one that is subscribed to never is", () => {
    expect(read(7 * DAY_MS, true).condition).toBe("clear");
    expect(read(7 * DAY_MS).condition).toBe("breached");
  });
});

test.each([
  [{ requests: 40, earlier: [100, 90] }, "breached", null, 40 / 90],
  [{ requests: 45, earlier: [100, 90] }, "clear", null, 0.5],
  [{ requests: 0, earlier: [100, 90] }, "breached", null, 0],
  [{ requests: 0, earlier: [100, 0] }, "clear", "too_few", null],
  [{ requests: 0, earlier: [100, null] }, "clear", "no_data", null],
  [{ requests: 0, earlier: [null, null] }, "clear", "no_data", null],
  [{ requests: 0, earlier: [49, 500] }, "clear", "too_few", null],
] as const)("traffic of %j is %s", (input, condition, gap, value) => {
  expect(readTraffic(input, context("traffic_drop"))).toMatchObject({ condition, gap, value });
  expect(readTraffic(input, context("traffic_drop", true))).toMatchObject({ condition: "hold", gap: "unjudged" });
});

test("judging lags from half a minute on", () => {
  expect(readJudgeLag(29_999, context("judge_lag")).condition).toBe("clear");
  expect(readJudgeLag(30_000, context("judge_lag"))).toMatchObject({ condition: "breached", value: 30_000 });
});
