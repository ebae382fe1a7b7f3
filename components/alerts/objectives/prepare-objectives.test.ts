import { expect, test } from "vitest";
import type { ObjectiveView, SloView } from "@/contracts/http";
import { prepareObjectives } from "./prepare-objectives";

const side = (windowMs: number, partial: Partial<ObjectiveView["burn"][number]["long"]> = {}) => ({
  ...{ windowMs, good: 0, total: 0, rate: null, minSample: 50 },
  ...partial,
});
const golden: ObjectiveView = {
  ...{ objective: "golden_path", target: 0.995, defaultTarget: 0.995, good: 990, total: 1000, ratio: 0.99 },
  budget: { allowed: 5, failed: 10, left: -1 },
  burn: [
    {
      ...{ rule: "burn_rate_fast", threshold: 14.4 },
      long: side(3_600_000, { total: 100, rate: 20 }),
      short: side(300_000, { total: 9, rate: 30, minSample: 5 }),
    },
    {
      ...{ rule: "burn_rate_slow", threshold: 6 },
      long: side(21_600_000, { total: 10, rate: 90 }),
      short: side(1_800_000),
    },
    { ...{ rule: "burn_rate_ticket", threshold: 1 }, long: side(259_200_000), short: side(21_600_000) },
  ],
};
const nothing: ObjectiveView = {
  ...{ objective: "delivery/agent_started", target: 0.999, defaultTarget: 0.999, good: 0, total: 0, ratio: null },
  ...{ budget: { allowed: 0, failed: 0, left: null }, burn: [] },
};
const view: SloView = {
  ...{ environment: "prod", at: "2026-11-21T10:00:00.000Z", budgetMs: 30 * 86_400_000, slowResponseMs: 10_000 },
  ...{ connectionTimeMs: 2_000, objectives: [golden, nothing], revision: 0, changedAt: null, changedBy: null },
  judged: { upTo: "2026-11-21T10:00:00.000Z", backlog: 0, setAside: 0 },
};

test("an overspent budget says by how much, and its bar is empty", () => {
  const [objective] = prepareObjectives(view).promises;
  expect(objective).toMatchObject({
    ...{ title: "Golden path", target: "99.5 %", ratio: "99.000 %", counted: "10 of 1,000 missed it.", kept: false },
    budget: { text: "spent 200 % of the budget", left: 0 },
  });
});

test("a budget burns only where both windows do, and hold enough", () => {
  const [fast, slow, ticket] = prepareObjectives(view).promises[0]?.burn ?? [];
  expect(fast).toEqual({
    ...{ windows: "1 h / 5 min", long: "20.0 ×", short: "30.0 ×", fires: "14.4 ×", burning: true, note: null },
  });
  expect(slow).toMatchObject({ burning: false, short: "–", note: "only 10 events of 50" });
  expect(ticket).toMatchObject({ windows: "3 d / 6 h", burning: false, long: "–", note: null });
});

test("nothing counted is no data, never kept", () => {
  expect(prepareObjectives(view).deliveries).toMatchObject([
    { title: "agent_started", ratio: "no data", kept: null, budget: { text: "no data", left: null } },
  ]);
});
