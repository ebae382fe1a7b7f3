import { expect, test } from "vitest";
import { prepareAlerts, valueText } from "./prepare-alerts";
import { alertRow } from "./testing/alert-row";

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const looked = { omitted: 0, evaluatedAt: new Date(NOW_MS).toISOString() };

test("what fires, what waits and the watchdog are told apart", () => {
  const items = [
    alertRow({ id: "a" }),
    alertRow({ id: "b", phase: "pending" }),
    alertRow({ id: "w", rule: "watchdog", severity: "none" }),
  ];
  const { firing, pending, watchdog } = prepareAlerts({ items, ...looked }, NOW_MS);
  expect([firing, pending].map((rows) => rows.map(({ id }) => id))).toEqual([["a"], ["b"]]);
  expect(watchdog).toBe("fires");
  expect(prepareAlerts({ items: items.slice(0, 2), ...looked }, NOW_MS).watchdog).toBe("silent");
});

test("a watchdog that fires says nothing when nobody has looked at the rules for two minutes", () => {
  const items = [alertRow({ rule: "watchdog", severity: "none" })];
  expect(prepareAlerts({ items, ...looked }, NOW_MS + 119_999).watchdog).toBe("fires");
  expect(prepareAlerts({ items, ...looked }, NOW_MS + 120_000).watchdog).toBe("unwatched");
  expect(prepareAlerts({ items, ...looked, evaluatedAt: null }, NOW_MS).watchdog).toBe("unwatched");
});

test("a value stands against its threshold in the unit of its rule", () => {
  expect(valueText({ rule: "burn_rate_fast", value: 20, threshold: 14.4 })).toBe("20 × against 14.4 ×");
  expect(valueText({ rule: "judge_lag", value: 90_000, threshold: 30_000 })).toBe("1 min 30 s against 30.0 s");
  expect(valueText({ rule: "traffic_drop", value: 0.2, threshold: 0.5 })).toBe("20.00 % against 50.00 %");
  expect(valueText({ rule: "delivery_under_target", value: 0.949, threshold: 0.999 })).toBe("94.90 % against 99.90 %");
  expect(valueText({ rule: "burn_rate_slow", value: null, threshold: 6 })).toBe("– against 6 ×");
  expect(valueText({ rule: "open_incident", value: 3, threshold: null })).toBe("");
});
