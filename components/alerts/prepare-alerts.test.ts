import { expect, test } from "vitest";
import { prepareAlerts, valueText } from "./prepare-alerts";
import { alertRow } from "./testing/alert-row";

test("what fires, what waits and the watchdog are told apart", () => {
  const items = [
    alertRow({ id: "a" }),
    alertRow({ id: "b", phase: "pending" }),
    alertRow({ id: "w", rule: "watchdog", severity: "none" }),
  ];
  const { firing, pending, watchdog } = prepareAlerts({ items, omitted: 0, evaluatedAt: null });
  expect([firing, pending].map((rows) => rows.map(({ id }) => id))).toEqual([["a"], ["b"]]);
  expect(watchdog?.id).toBe("w");
  expect(prepareAlerts({ items: items.slice(0, 2), omitted: 0, evaluatedAt: null }).watchdog).toBeNull();
});

test("a value stands against its threshold in the unit of its rule", () => {
  expect(valueText({ rule: "burn_rate_fast", value: 20, threshold: 14.4 })).toBe("20 × against 14.4 ×");
  expect(valueText({ rule: "judge_lag", value: 90_000, threshold: 30_000 })).toBe("1 min 30 s against 30.0 s");
  expect(valueText({ rule: "traffic_drop", value: 0.2, threshold: 0.5 })).toBe("20.00 % against 50.00 %");
  expect(valueText({ rule: "burn_rate_slow", value: null, threshold: 6 })).toBe("– against 6 ×");
  expect(valueText({ rule: "open_incident", value: 3, threshold: null })).toBe("");
});
