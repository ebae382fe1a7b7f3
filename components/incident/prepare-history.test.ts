import { expect, test } from "vitest";
import type { IncidentEvent } from "@/contracts/http";
import { historyText } from "./prepare-history";

const event = (partial: Partial<IncidentEvent>): IncidentEvent => ({
  ...{ id: "1", at: "2026-11-20T12:00:00.000Z", action: "detected", actor: { kind: "judge", name: null } },
  ...{ from: null, version: null, occurredAt: null, mutedUntil: null, note: null },
  ...partial,
});

test.each([
  [{ action: "regressed", version: "2.4.1" }, "Came back in 2.4.1."],
  [{ action: "regressed" }, "Came back in an unnamed version."],
  [{ action: "reopened", from: "resolved" }, "opened it again."],
  [{ action: "reopened", from: "acknowledged" }, "gave it back."],
] as const)("%j reads %s", (partial: Partial<IncidentEvent>, text) => {
  expect(historyText(event(partial))).toBe(text);
});
