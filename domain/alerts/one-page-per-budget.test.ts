import { expect, it } from "vitest";
import type { Condition } from "./advance-alert";
import { type BudgetGround, onePagePerBudget } from "./one-page-per-budget";
import type { Reading } from "./reading";
import { RULES } from "./rules";

const reading = (summary: string, condition: Condition): Reading => ({
  ...{ labels: { objective: "golden_path", window: summary }, severity: "page", condition, value: 1, threshold: 1 },
  ...{ gap: null, quiet: false, summary, path: "/alerts" },
});
const ground = (firing: readonly string[], settings: BudgetGround["settings"] = (rule) => RULES[rule].defaults) => ({
  settings,
  fires: (rule: string) => firing.includes(rule),
});
/** What becomes of both readings: their conditions and what they say. */
function made(fast: Condition, slow: Condition, given: BudgetGround): string[] {
  const seen = new Map([
    ["burn_rate_fast", [reading("fast", fast)]],
    ["burn_rate_slow", [reading("slow", slow)]],
  ] as const);
  return [...onePagePerBudget(seen, given).values()].flat().map(({ condition, summary }) => `${condition} ${summary}`);
}

it.each([
  ["both begin at once", [], "breached", "breached", ["breached fast", "hold slow"]],
  ["only the slow one burns", [], "clear", "breached", ["clear fast", "breached slow"]],
  [
    "the slow one burns too after the fast one",
    ["burn_rate_fast"],
    "breached",
    "breached",
    ["breached fast", "hold slow"],
  ],
  [
    "the fast one burns too after the slow one",
    ["burn_rate_slow"],
    "breached",
    "breached",
    ["hold fast", "breached slow"],
  ],
  ["only the slow one goes on", ["burn_rate_fast"], "clear", "breached", ["breached slow", "hold slow"]],
  ["the slow one cannot tell", ["burn_rate_fast"], "clear", "hold", ["hold slow", "hold slow"]],
  ["only the fast one goes on", ["burn_rate_slow"], "breached", "clear", ["hold fast", "breached fast"]],
  ["neither burns", ["burn_rate_fast"], "clear", "clear", ["clear fast", "clear slow"]],
  ["both fire already", ["burn_rate_fast", "burn_rate_slow"], "clear", "breached", ["clear fast", "breached slow"]],
] as const)("a budget pages once when %s", (_when, firing, fast, slow, expected) => {
  expect(made(fast, slow, ground(firing))).toEqual(expected);
});

it("whoever fires sooner pages, and a rule that is disabled takes nothing from the other", () => {
  const patient = (rule: string) => ({ enabled: true, forMs: rule === "burn_rate_fast" ? 60_000 : 0 });
  expect(made("breached", "breached", ground([], patient))).toEqual(["hold fast", "breached slow"]);
  const off = (rule: string) => ({ enabled: rule !== "burn_rate_fast", forMs: 0 });
  expect(made("breached", "breached", ground([], off))).toEqual(["breached fast", "breached slow"]);
});

it("leaves alone what is of other rules, or alone", () => {
  const seen = new Map([["burn_rate_slow", [reading("slow", "breached")]]] as const);
  expect(onePagePerBudget(seen, ground(["burn_rate_fast"]))).toEqual(seen);
});
