import { expect, it } from "vitest";
import type { AuditEntry } from "@/contracts/access";
import { detailText } from "./prepare-audit";

const entry = (action: AuditEntry["action"], detail: AuditEntry["detail"]): AuditEntry => ({
  ...{ id: "1", at: "", lastAt: "", times: 1, action, detail },
  ...{ actor: { kind: "key", id: "k", name: "k" }, address: null, environment: null, target: null },
});

it("a policy's change is told value by value", () => {
  const detail = {
    ...{ version: 7, applyFrom: null, journeysJudgedAgain: 12 },
    changes: [{ field: "gapMs", before: "30000 ms", after: "45000 ms" }],
  };
  expect(detailText(entry("policy_changed", detail))).toBe("journeys judged again: 12 · Silence of a run: 30 s → 45 s");
});

it("what is empty is left out, what is long is cut", () => {
  expect(detailText(entry("settings_changed", { added: ["model"], removed: [], daysToDrop: 0 }))).toBe("added: model");
  expect(detailText(entry("key_created", { name: "x".repeat(900) })).length).toBeLessThan(310);
});
