import { expect, test } from "vitest";
import { instantiate, loadScenarios } from "./scenario";

const nowMs = Date.UTC(2026, 0, 1, 12);
const scenarios = loadScenarios();

test("every scenario file is read", () => {
  expect(scenarios.length).toBeGreaterThan(40);
});

test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
  "%s can be played under other names",
  (_name, scenario) => {
    const played = instantiate(scenario, { prefix: "p1-", environment: "e1", nowMs });
    expect(JSON.stringify(played)).not.toContain("$");
    expect(played.events.every((event) => event.environment === "e1" && Date.parse(event.time) <= nowMs)).toBe(true);
    expect(
      new Set(instantiate(scenario, { prefix: "p2-", environment: "e1", nowMs }).events.map(({ id }) => id)),
    ).not.toContain(played.events[0]?.id);
  },
);

test("a fresh scenario ends half a second ago", () => {
  const fresh = scenarios.filter((scenario) => scenario.fresh);
  expect(fresh.length).toBeGreaterThan(0);
  for (const scenario of fresh) {
    const { events } = instantiate(scenario, { prefix: "p", environment: "e", nowMs });
    expect(Math.max(...events.map((event) => Date.parse(event.time)))).toBe(nowMs - 500);
  }
});
