import { describe, expect, it } from "vitest";
import { planRun } from "./plan-run";

const plans = Array.from({ length: 300 }, (_, i) => planRun("7", `m${i}`, "Compare our travel plans"));

describe("the plan of a run", () => {
  it("is the same for the same seed and request", () => {
    expect(planRun("7", "m1", "x")).toEqual(planRun("7", "m1", "x"));
    expect(planRun("8", "m1", "x")).not.toEqual(planRun("7", "m1", "x"));
  });

  it("begins and ends with the outermost agent, and ends every tool it begins", () => {
    for (const plan of plans) {
      expect(plan[0]).toMatchObject({ type: "agent_started", agentName: "supervisor" });
      expect(plan.at(-1)).toMatchObject({ type: "agent_completed", agentName: "supervisor" });
      expect(plan.at(-1)?.parentAgent).toBeUndefined();
      const begun = plan.filter((step) => step.type === "tool_executing").map((step) => step.toolCall);
      const ended = plan.filter((step) => step.type === "tool_completed").map((step) => step.toolCall);
      expect(ended).toEqual(begun);
    }
  });

  it("has runs with and without tools and sub-agents", () => {
    const share = (has: (plan: (typeof plans)[number]) => boolean) => plans.filter(has).length / plans.length;
    expect(share((plan) => plan.some((step) => step.parentAgent !== undefined))).toBeGreaterThan(0.2);
    expect(share((plan) => plan.every((step) => step.toolName === undefined))).toBeGreaterThan(0.1);
  });
});
