import { expect, it } from "vitest";
import type { PolicyView } from "@/contracts/settings";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import { prepareAliases, refuseAlias } from "./prepare-aliases";

const { version: _, ...base } = DEFAULT_POLICY;
const view: PolicyView = {
  ...{ environment: "prod", version: 2, base, values: base, historyOmitted: 0, history: [] },
  own: { gapMs: 5, typeAliases: { ponder: "agent_thinking" } },
  origins: Object.fromEntries(Object.keys(base).map((field) => [field, "default"])) as PolicyView["origins"],
  aliases: [
    { alias: "ponder", type: "agent_thinking", origin: "saved", inboundOnly: false },
    { alias: "reasoning", type: "agent_thinking", origin: "built_in", inboundOnly: false },
  ],
};

it("counts what came, went or changed, and leaves the environment's other values alone", () => {
  expect(prepareAliases(view, { ponder: "agent_thinking" })).toMatchObject({ changed: 0, own: view.own });
  expect(prepareAliases(view, {})).toMatchObject({ changed: 1, own: { gapMs: 5 } });
  const more = prepareAliases(view, { ponder: "agent_started", reasoning: "agent_started" });
  expect(more.changed).toBe(2);
  expect(more.rows.map(({ alias, overridden }) => [alias, overridden])).toEqual([
    ["ponder", false],
    ["reasoning", false],
    ["reasoning", true],
  ]);
});

it("refuses what the server would refuse, before it is sent", () => {
  expect(refuseAlias({}, "ponder", "agent_thinking")).toBeNull();
  expect(refuseAlias({ ponder: "agent_thinking" }, "ponder", "chat")).toContain("already");
  expect(refuseAlias({}, "agent_completed", "done")).toContain("keeps its name");
  expect(refuseAlias({ a: "b" }, "b", "c")).toContain("alias itself");
});
