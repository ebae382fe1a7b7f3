import { describe, expect, it } from "vitest";
import { type JourneyFilters, matches, NO_FILTERS } from "./journey-filters";
import { journeyRow } from "./testing/journey-row";

const row = journeyRow("run-42", {
  status: "failed",
  findings: ["event_lost"],
  brokenAt: { step: "agent_completed", hop: "emitted", router: null },
});

describe("a row that arrives live", () => {
  it.each<[Partial<JourneyFilters>, boolean]>([
    [{}, true],
    [{ status: "failed" }, true],
    [{ status: "succeeded" }, false],
    [{ finding: "event_lost" }, true],
    [{ finding: "stalled" }, false],
    [{ step: "agent_completed" }, true],
    [{ step: "routed" }, false],
    [{ user: "alice" }, true],
    [{ user: "bob" }, false],
    [{ router: "MessageRouter" }, true],
    [{ version: "2.0.0" }, false],
    [{ q: "run-4" }, true],
    [{ q: "un-42" }, false],
    [{ from: "2026-01-31T12:00:00.000Z" }, true],
    [{ to: "2026-01-31T12:00:00.000Z" }, false],
  ])("is held against %o: %s", (filters, belongs) => {
    expect(matches(row, { ...NO_FILTERS, ...filters })).toBe(belongs);
  });
});
