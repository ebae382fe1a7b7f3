import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CriticalType } from "../telemetry/event";
import { type Criterion, type EvaluatedCriterion, type Evidence, evaluateCriterion, isDone, turnOf } from "./campaign";
import { slidingWindows } from "./sliding-windows";

const DAY_MS = 86_400_000;
const none: Evidence = { scans: [], windows: [], runs: {} };
const scan = (day: number, count: number, gone: Record<string, boolean> = {}): Evidence["scans"][number] => ({
  ...{ id: `s${day}`, commit: null, atMs: day * DAY_MS },
  concepts: [{ id: "router", count, canonical: count, total: 10, legacy: count - 1 }],
  gone,
});
const HOUR_MS = 3_600_000;
/** The hour up to `n`. */
const hour = (n: number, good: number, bad: number, leaks = 0): Evidence["windows"][number] => ({
  ...{ between: false, fromMs: (n - 1) * HOUR_MS, atMs: n * HOUR_MS, good, bad, leaks },
  delivery: {
    agent_started: { emitted: good + bad, delivered: good },
    agent_completed: { emitted: good, delivered: good },
  },
});
const types: CriticalType[] = ["agent_started", "agent_completed"];
const evaluate = (criterion: Criterion, evidence: Partial<Evidence>) => {
  const { now, met, sinceMs } = evaluateCriterion(criterion, { ...none, ...evidence });
  return { now, met, since: sinceMs === null ? null : sinceMs / DAY_MS };
};

describe("a criterion", () => {
  test("of the code is read from the scans, and holds since the first of the last unbroken ones", () => {
    const scans = [scan(1, 1), scan(2, 3), scan(3, 1, { "a.py": false }), scan(4, 1, { "a.py": true })];
    const router = { concept: "router" };
    expect(evaluate({ kind: "implementations", ...router, max: 1 }, { scans })).toEqual({
      now: 1,
      met: true,
      since: 3,
    });
    expect(evaluate({ kind: "legacy_imports", ...router, max: 0 }, { scans })).toEqual({ now: 0, met: true, since: 3 });
    expect(evaluate({ kind: "compliance", ...router, min: 0.95 }, { scans })).toEqual({
      now: 0.1,
      met: false,
      since: 1,
    });
    expect(evaluate({ kind: "file_gone", file: "a.py" }, { scans })).toEqual({ now: 0, met: true, since: 4 });
  });

  const ofTraffic = (criterion: Criterion, windows: Evidence["windows"]) => {
    const { now, met, sinceMs } = evaluateCriterion(criterion, { ...none, windows });
    return { now, met, since: sinceMs === null ? null : sinceMs / HOUR_MS };
  };

  test("of the traffic is read from its windows, delivery from the type that fares worst", () => {
    const windows = [hour(1, 9, 1, 2), hour(2, 10, 0), hour(3, 10, 0)];
    expect(ofTraffic({ kind: "reliability", min: 0.995 }, windows)).toEqual({ now: 1, met: true, since: 2 });
    const missed = { now: 0.9, met: false, since: 1 };
    expect(ofTraffic({ kind: "delivery", min: 1, types }, windows.slice(0, 1))).toEqual(missed);
    expect(ofTraffic({ kind: "leaks", max: 0 }, windows)).toEqual({ now: 0, met: true, since: 2 });
  });

  test("says that all critical types are delivered only where each was emitted, and one that falls short at once", () => {
    expect(ofTraffic({ kind: "delivery", min: 1 }, [hour(1, 10, 0)])).toMatchObject({ now: 1, met: null });
    expect(ofTraffic({ kind: "delivery", min: 1, types }, [hour(1, 10, 0)])).toMatchObject({ now: 1, met: true });
    expect(ofTraffic({ kind: "delivery", min: 1 }, [hour(1, 9, 1)])).toMatchObject({ now: 0.9, met: false });
  });

  test("of the traffic holds since the window in which it began to, also one between those of the trend", () => {
    const steps = [hour(1, 5, 5), hour(2, 5, 0), hour(3, 5, 0), hour(4, 5, 0)];
    const windows = slidingWindows(steps, 2 * HOUR_MS);
    expect(windows.map(({ atMs, good, bad }) => [atMs / HOUR_MS, good, bad])).toEqual([
      [2, 10, 5],
      [3, 10, 0],
      [4, 10, 0],
    ]);
    expect(windows[0]?.delivery).toMatchObject({ agent_started: { emitted: 15, delivered: 10 } });
    const reliable = { kind: "reliability", min: 0.995 } as const;
    const { sinceMs, trend } = evaluateCriterion(reliable, { ...none, windows: [...windows, hour(4.5, 5, 0)] });
    expect(sinceMs).toBe(3 * HOUR_MS);
    expect(trend.map(({ atMs }) => atMs / HOUR_MS)).toEqual([4.5]);
  });

  test("of the traffic turned between the window it holds since and the one before", () => {
    const windows = [hour(1, 5, 5), hour(2, 5, 0), hour(3, 5, 0)];
    const reliable = { kind: "reliability", min: 0.995 } as const;
    expect(turnOf(reliable, { ...none, windows })).toEqual({ afterMs: HOUR_MS, beforeMs: 2 * HOUR_MS });
    expect(turnOf(reliable, { ...none, windows: windows.slice(1) })).toBeNull();
    expect(turnOf({ kind: "suite", suite: "a" }, { ...none, windows })).toBeNull();
  });

  test("of the traffic outlasts a night without any, and no day", () => {
    const reliable = { kind: "reliability", min: 0.995 } as const;
    const quiet = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => hour(from + n, 0, 0));
    expect(ofTraffic(reliable, [hour(1, 5, 0), ...quiet(2, 11), hour(11, 5, 0)])).toMatchObject({ since: 1 });
    expect(ofTraffic(reliable, [hour(1, 5, 0), ...quiet(2, 40), hour(40, 5, 0)])).toMatchObject({ since: 40 });
    expect(ofTraffic(reliable, [hour(1, 5, 0), ...quiet(2, 4)])).toEqual({ now: null, met: null, since: null });
  });

  test("of a suite is read from its runs", () => {
    const runs = {
      golden: [
        { atMs: DAY_MS, passed: false },
        { atMs: 2 * DAY_MS, passed: true },
      ],
    };
    expect(evaluate({ kind: "suite", suite: "golden" }, { runs })).toEqual({ now: 1, met: true, since: 2 });
  });

  const criteria: Criterion[] = [
    { kind: "implementations", concept: "router", max: 1 },
    { kind: "compliance", concept: "router", min: 0 },
    { kind: "legacy_imports", concept: "router", max: 9 },
    { kind: "file_gone", file: "a.py" },
    { kind: "reliability", min: 0 },
    { kind: "delivery", min: 0 },
    { kind: "leaks", max: 9 },
    { kind: "suite", suite: "golden" },
  ];
  test.each(criteria)("$kind is neither met nor missed without evidence", (criterion) => {
    expect(evaluate(criterion, {})).toEqual({ now: null, met: null, since: null });
    expect(evaluate(criterion, { windows: [hour(1, 0, 0)], scans: [{ ...scan(1, 1), concepts: [] }] })).toMatchObject({
      ...{ now: null, met: null },
    });
  });

  test("holds since a point after which nothing breaks it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1 }), (counts) => {
        const scans = counts.map((count, n) => scan(n, count));
        const { met, sinceMs, trend } = evaluateCriterion(
          { kind: "implementations", concept: "router", max: 1 },
          { ...none, scans },
        );
        const after = trend.filter(({ atMs }) => sinceMs !== null && atMs >= sinceMs);
        expect(after.every((point) => point.met === met)).toBe(true);
        expect(trend[trend.length - after.length - 1]?.met).not.toBe(met);
      }),
    );
  });
});

describe("a campaign is done", () => {
  const held = (sinceMs: number | null, met: boolean | null): EvaluatedCriterion => ({
    ...{ criterion: { kind: "leaks", max: 0 }, now: 0, met, sinceMs, trend: [] },
  });
  test("when every criterion has held for long enough, and not before", () => {
    expect(isDone([held(0, true), held(DAY_MS, true)], DAY_MS, 2 * DAY_MS)).toBe(true);
    expect(isDone([held(0, true), held(DAY_MS, true)], DAY_MS, 2 * DAY_MS - 1)).toBe(false);
    expect(isDone([held(0, true), held(0, null)], DAY_MS, 9 * DAY_MS)).toBe(false);
    expect(isDone([], 0, 0)).toBe(false);
  });
});
