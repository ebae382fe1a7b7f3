import { describe, expect, test } from "vitest";
import type { RuleReading, RuleRow } from "@/contracts/http";
import { type AlertRuleId, RULES } from "@/domain/alerts/rules";
import { draftOfRule, prepareRule, readRuleDraft } from "./prepare-rules";

const reading = (partial: Partial<RuleReading> = {}): RuleReading => ({
  ...{ labels: { objective: "golden_path", window: "1h/5m" }, condition: "clear", value: 2, threshold: 14.4 },
  ...{ gap: null, summary: "" },
  ...partial,
});
const row = (rule: AlertRuleId, partial: Partial<RuleRow> = {}): RuleRow => {
  const { alertName, severity, unit, defaults } = RULES[rule];
  return {
    ...{ rule, alertName, severity, unit, defaults, settings: defaults, own: null, revision: 0 },
    ...{ changedAt: null, changedBy: null, evaluatedAt: null, readings: [], firing: 0, pending: 0 },
    ...partial,
  };
};

describe("a rule", () => {
  test("shows what it saw against its threshold, what is breached first", () => {
    const readings = [
      reading({ labels: { objective: "response_time", window: "1h/5m" }, value: null, gap: "no_data" }),
      reading(),
      reading({ labels: { objective: "connection_time", window: "1h/5m" }, condition: "breached", value: 20 }),
    ];
    expect(prepareRule(row("burn_rate_fast", { readings, firing: 1 }))).toMatchObject({
      state: "firing",
      readings: [
        { name: "connection_time", text: "20 × against 14.4 ×", breached: true },
        { name: "golden_path", text: "2 × against 14.4 ×", breached: false },
        { name: "response_time", text: "no data", breached: false },
      ],
    });
  });

  test("shows so many readings and says how many more there are", () => {
    const readings = Array.from({ length: 8 }, () => reading());
    expect(prepareRule(row("burn_rate_fast", { readings }))).toMatchObject({ omitted: 3, state: "quiet" });
  });

  test("that is disabled says so, whatever fires still", () => {
    const settings = { ...RULES.watchdog.defaults, enabled: false };
    expect(prepareRule(row("watchdog", { settings, firing: 1 })).state).toBe("disabled");
  });
});

describe("what is typed of a rule", () => {
  const lag = row("judge_lag", {
    own: { enabled: true, threshold: 5_000, forMs: 0, keepFiringMs: null, minSample: null },
  });

  test("reads as it was saved, and empty fields are defaults", () => {
    const draft = draftOfRule(lag);
    expect(draft).toEqual({ enabled: true, threshold: "5 s", forMs: "0 ms", keepFiringMs: "", minSample: "" });
    expect(readRuleDraft(lag, draft)).toEqual({
      change: { basedOn: 0, enabled: true, threshold: 5_000, forMs: 0, keepFiringMs: null, minSample: null },
      problems: {},
    });
  });

  test.each([
    ["traffic_drop", "40 %", 0.4],
    ["burn_rate_fast", "10,5", 10.5],
    ["source_silent", "5 min", 300_000],
  ] as const)("a threshold of %s: %s", (rule, threshold, value) => {
    const { change, problems } = readRuleDraft(row(rule), { ...draftOfRule(row(rule)), threshold });
    expect([change.threshold, problems]).toEqual([value, {}]);
  });

  test.each([
    ["traffic_drop", { threshold: "140 %" }, "threshold"],
    ["source_silent", { threshold: "5" }, "threshold"],
    ["judge_lag", { forMs: "25 h" }, "forMs"],
    ["burn_rate_fast", { minSample: "0" }, "minSample"],
  ] as const)("of %s cannot be used: %j", (rule, wrong, field) => {
    const { problems } = readRuleDraft(row(rule), { ...draftOfRule(row(rule)), ...wrong });
    expect(Object.keys(problems)).toEqual([field]);
  });
});
