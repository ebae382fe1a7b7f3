import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { latencyBucket } from "../rollups/latency-bucket";
import { BURN_WINDOWS, budgetOf, burnRate, ratioOf, shortSample } from "./burn-rate";
import { countsOf, defaultTarget, OBJECTIVES, type Objective, TARGET_BOUNDS, targetOf } from "./objectives";

const of = (objective: Objective, metrics: Record<string, number>) =>
  countsOf(objective, new Map(Object.entries(metrics)), 10_000);

describe("an objective", () => {
  test("of journeys counts the finished ones, the degraded among the good", () => {
    const metrics = { "status/succeeded": 8, "status/degraded": 1, "status/failed": 1, "status/running": 90 };
    expect(of("golden_path", metrics)).toEqual({ good: 9, total: 10 });
  });

  test("of a critical type counts its own messages", () => {
    const metrics = { "delivery/agent_completed/emitted": 10, "delivery/agent_completed/delivered": 9 };
    expect(of("delivery/agent_completed", metrics)).toEqual({ good: 9, total: 10 });
    expect(of("delivery/agent_started", metrics)).toEqual({ good: 0, total: 0 });
  });

  test("of connections counts who was refused against it, and not who was never asked", () => {
    expect(of("connection_success", { "conn/opened": 50, "conn/rejected": 4 })).toEqual({ good: 0, total: 4 });
    expect(of("connection_success", { "conn/authenticated": 3, "conn/rejected": 1 })).toEqual({ good: 3, total: 4 });
  });

  test("of a time counts what took no longer than its limit", () => {
    const latency = { [`latency/${latencyBucket(9_000)}`]: 3, [`latency/${latencyBucket(11_000)}`]: 1 };
    expect(of("response_time", latency)).toEqual({ good: 3, total: 4 });
    expect(countsOf("response_time", new Map(Object.entries(latency)), 5_000)).toEqual({ good: 0, total: 4 });
    const connected = { [`connauth/${latencyBucket(1_500)}`]: 1, [`connauth/${latencyBucket(3_000)}`]: 1 };
    expect(of("connection_time", connected)).toEqual({ good: 1, total: 2 });
  });

  test("of messages counts those that a router failed", () => {
    expect(of("message_failure", { "routed/ok": 999, "routed/failed": 1 })).toEqual({ good: 999, total: 1000 });
  });

  test("has a target of its own, or the default", () => {
    expect(targetOf("golden_path", {})).toBe(0.995);
    expect(targetOf("golden_path", { golden_path: 0.9 })).toBe(0.9);
    for (const objective of OBJECTIVES) {
      expect(defaultTarget(objective)).toBeGreaterThanOrEqual(TARGET_BOUNDS.least);
      expect(defaultTarget(objective)).toBeLessThanOrEqual(TARGET_BOUNDS.most);
    }
  });
});

describe("a budget", () => {
  test("burns at the pace of the workbook's table", () => {
    expect(burnRate({ good: 928, total: 1000 }, 0.995)).toBeCloseTo(14.4, 6);
    expect(burnRate({ good: 970, total: 1000 }, 0.995)).toBeCloseTo(6, 6);
    expect(burnRate({ good: 995, total: 1000 }, 0.995)).toBeCloseTo(1, 6);
  });

  test("says how much is left, and by how much it is overspent", () => {
    expect(budgetOf({ good: 9_975, total: 10_000 }, 0.995)).toEqual({ allowed: 50, failed: 25, left: 0.5 });
    expect(budgetOf({ good: 9_900, total: 10_000 }, 0.995)).toMatchObject({ left: -1 });
  });

  test("of nothing is no data, never whole", () => {
    const nothing = { good: 0, total: 0 };
    expect([ratioOf(nothing), burnRate(nothing, 0.995), budgetOf(nothing, 0.995).left]).toEqual([null, null, null]);
  });

  test("short windows are a twelfth of the long ones, and so is their sample", () => {
    for (const { longMs, shortMs } of BURN_WINDOWS) expect(longMs / shortMs).toBe(12);
    expect(shortSample(50)).toBe(5);
    expect(shortSample(1)).toBe(1);
  });
});

const counted = fc.record({ good: fc.nat(10_000), bad: fc.nat(10_000) });
const target = fc.double({ min: TARGET_BOUNDS.least, max: TARGET_BOUNDS.most, noNaN: true });

test("whatever is counted: shares lie between 0 and 1, more failures never burn slower, a rate of 1 spends it all", () => {
  fc.assert(
    fc.property(counted, fc.integer({ min: 1, max: 100 }), target, ({ good, bad }, more, promised) => {
      const counts = { good, total: good + bad };
      const ratio = ratioOf(counts);
      expect(ratio === null).toBe(counts.total === 0);
      if (ratio === null) return;
      expect(ratio).toBeGreaterThanOrEqual(0);
      expect(ratio).toBeLessThanOrEqual(1);
      const worse = { good, total: counts.total + more };
      expect(burnRate(worse, promised) ?? 0).toBeGreaterThanOrEqual(burnRate(counts, promised) ?? 0);
      const rate = burnRate(counts, promised) ?? 0;
      const { left } = budgetOf(counts, promised);
      expect(Math.abs(1 - rate - (left ?? 0)) / Math.max(1, rate)).toBeLessThan(1e-6);
    }),
  );
});

test("whatever the counters hold, no objective counts more good than there is, nor less than nothing", () => {
  const names = [
    "status/succeeded",
    "status/failed",
    "delivery/agent_started/emitted",
    "delivery/agent_started/delivered",
  ];
  const metric = fc.constantFrom(...names, "routed/ok", "conn/rejected", "latency/40", "latency/300", "connauth/3");
  fc.assert(
    fc.property(fc.array(fc.tuple(metric, fc.integer({ min: -5, max: 50 }))), (entries) => {
      for (const objective of OBJECTIVES) {
        const { good, total } = countsOf(objective, new Map(entries), 10_000);
        expect(good).toBeGreaterThanOrEqual(0);
        expect(good).toBeLessThanOrEqual(total);
      }
    }),
  );
});
