import { describe, expect, test } from "vitest";
import { type AlertRecord, endedBetween, labelsOf, nextRecord, type Watch } from "./alert-record";
import type { Reading } from "./reading";
import { settingsOf } from "./rules";

const reading = (partial: Partial<Reading> = {}): Reading => ({
  ...{ labels: { objective: "golden_path" }, severity: "page", condition: "breached", value: 20, threshold: 14.4 },
  ...{ gap: null, quiet: false, summary: "burns", path: "/alerts" },
  ...partial,
});
const watch = (partial: Partial<Watch> = {}): Watch => ({
  environment: "prod",
  rule: "burn_rate_fast",
  settings: { ...settingsOf("burn_rate_fast", null), keepFiringMs: 60_000 },
  silences: [],
  nowMs: 1_000,
  lastLookMs: null,
  ...partial,
});
const firing = nextRecord(null, reading(), watch()) as AlertRecord;

describe("an alert", () => {
  test("is known by its rule, environment, severity and what it watches", () => {
    expect(labelsOf(watch(), reading())).toEqual({
      ...{ alertname: "BurnRateFast", environment: "prod", objective: "golden_path" },
      ...{ rule: "burn_rate_fast", severity: "page" },
    });
    expect(Object.keys(firing.labels)).toEqual(Object.keys(firing.labels).toSorted());
  });

  test("keeps what it said last while its rule sees nothing or cannot tell", () => {
    for (const seen of [reading({ condition: "hold", gap: "unjudged", value: null, summary: "?" }), null]) {
      expect(nextRecord(firing, seen, watch({ nowMs: 2_000 }))).toMatchObject({ summary: "burns", value: 20 });
    }
    expect(nextRecord(firing, reading({ value: 30, summary: "worse" }), watch())).toMatchObject({ value: 30 });
  });

  test("ends at once when its rule is disabled, and a disabled rule begins none", () => {
    const off = watch({ settings: { ...watch().settings, enabled: false } });
    expect(nextRecord(firing, reading(), off)?.state.phase).toBe("resolved");
    expect(nextRecord(null, reading(), off)).toBeNull();
  });

  test("that waits starts over when nobody looked for more than a minute", () => {
    const settings = { ...watch().settings, forMs: 90_000 };
    const pending = nextRecord(null, reading(), watch({ settings, nowMs: 0 })) as AlertRecord;
    const lookedAt = (lastLookMs: number) =>
      nextRecord(pending, reading(), watch({ settings, lastLookMs, nowMs: 120_000 }))?.state;
    expect(lookedAt(60_000)).toMatchObject({ phase: "firing", pendingSinceMs: 0 });
    expect(lookedAt(59_999)).toMatchObject({ phase: "pending", pendingSinceMs: 120_000 });
  });

  test("has ended when what it is about was over and came back since it began", () => {
    const at = (returnedAtMs: number | null, partial: Partial<Reading> = {}) =>
      endedBetween(firing, reading({ returnedAtMs, ...partial }), watch({ nowMs: 9_000 }));
    expect(at(8_000)?.state).toMatchObject({ phase: "resolved", firingSinceMs: 1_000, resolvedAtMs: 9_000 });
    expect(at(1_000)).toBeNull();
    expect(at(null)).toBeNull();
    expect(at(8_000, { condition: "hold" })).toBeNull();
  });

  test("of what came back by a clock ahead begins no earlier, so that it does not begin twice", () => {
    const seen = reading({ returnedAtMs: 1_500 });
    const begun = nextRecord(null, seen, watch()) as AlertRecord;
    expect(begun.state.firingSinceMs).toBe(1_500);
    expect(endedBetween(begun, seen, watch({ nowMs: 2_000 }))).toBeNull();
  });

  test("goes on under a silence, which it names", () => {
    const matchers = [{ name: "objective", op: "=" as const, value: "golden_path" }];
    const silences = [{ id: "s1", matchers, startsAtMs: 0, endsAtMs: 5_000 }];
    expect(nextRecord(firing, reading(), watch({ silences }))).toMatchObject({
      silenceId: "s1",
      state: { phase: "firing" },
    });
    expect(nextRecord(firing, reading(), watch({ silences, nowMs: 5_000 }))?.silenceId).toBeNull();
  });
});
