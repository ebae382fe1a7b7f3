import { describe, expect, test } from "vitest";
import { readIncident, type WatchedIncident } from "./open-incident";

const NOW_MS = 1_000_000;
const incident = (partial: Partial<WatchedIncident> = {}): WatchedIncident => ({
  ...{ id: "i1", rule: "wrong_recipient", severity: "critical", router: "R", status: "open" },
  ...{ mutedUntilMs: null, regressedAtMs: null, occurrences: 3 },
  ...partial,
});
const conditionOf = (partial: Partial<WatchedIncident>) => readIncident(incident(partial), "prod", NOW_MS).condition;

describe("an incident", () => {
  test("that is open or came back fires, one that ended does not", () => {
    expect(conditionOf({})).toBe("breached");
    expect(conditionOf({ status: "regressed" })).toBe("breached");
    expect(conditionOf({ status: "resolved" })).toBe("clear");
    expect(conditionOf({ status: "withdrawn" })).toBe("clear");
  });

  test("that somebody acknowledged neither fires nor ends, and is told no more", () => {
    expect(readIncident(incident({ status: "acknowledged" }), "prod", NOW_MS)).toMatchObject({
      ...{ condition: "hold", quiet: true },
    });
  });

  test("that is muted raises nothing until the mute ends", () => {
    expect(conditionOf({ mutedUntilMs: NOW_MS + 1 })).toBe("clear");
    expect(conditionOf({ mutedUntilMs: NOW_MS })).toBe("breached");
  });

  test("is told with its rule and router and leads to its page", () => {
    expect(readIncident(incident(), "a b", NOW_MS)).toMatchObject({
      labels: { incident: "i1", leak: "wrong_recipient", router: "R" },
      summary: "Wrong recipient by R, seen 3 times",
      path: "/incidents/i1?environment=a%20b",
    });
    expect(readIncident(incident({ router: "", occurrences: 1 }), "a", NOW_MS)).toMatchObject({
      labels: { incident: "i1", leak: "wrong_recipient" },
      summary: "Wrong recipient, seen once",
    });
  });
});
