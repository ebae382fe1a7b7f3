import { describe, expect, it } from "vitest";
import { NO_FILTERS } from "../journey-filters";
import { journeyRow } from "../testing/journey-row";
import { applyJourneysPatch, composeJourneys, MAX_CHANGES, NO_CHANGES } from "./journey-changes";

const judged = { upTo: "2026-01-31T12:00:00.000Z", backlog: 0, setAside: 0 };
const patch = (change: object) => ({ upserts: [], removed: [], omitted: 0, judged, ...change });
const compose = (change: object) =>
  composeJourneys({ fetched: [], complete: true, changes: NO_CHANGES, filters: NO_FILTERS, ...change });

describe("changes to the journeys list", () => {
  it("keep the newest state of a journey once", () => {
    const first = applyJourneysPatch(NO_CHANGES, patch({ upserts: [journeyRow("a", { status: "running" })] }));
    const second = applyJourneysPatch(first, patch({ upserts: [journeyRow("a", { status: "failed" })] }));
    expect(second.upserts.map((row) => row.status)).toEqual(["failed"]);
  });

  it("count what does not fit, so that nothing vanishes silently", () => {
    const upserts = Array.from({ length: MAX_CHANGES + 5 }, (_, index) => journeyRow(`k${index}`));
    const changes = applyJourneysPatch(NO_CHANGES, patch({ upserts, omitted: 2 }));
    expect(changes.upserts).toHaveLength(MAX_CHANGES);
    expect(changes.omitted).toBe(7);
  });

  it("forget a journey that became part of another, until it comes back", () => {
    const merged = applyJourneysPatch(NO_CHANGES, patch({ removed: ["a"] }));
    expect(compose({ fetched: [journeyRow("a")], changes: merged }).rows).toEqual([]);
    const back = applyJourneysPatch(merged, patch({ upserts: [journeyRow("a")] }));
    expect(compose({ fetched: [journeyRow("a")], changes: back }).rows).toHaveLength(1);
  });

  it("update fetched rows in place and list the others as arrived, newest start first", () => {
    const changes = applyJourneysPatch(
      NO_CHANGES,
      patch({
        upserts: [
          journeyRow("a", { status: "failed" }),
          journeyRow("b", { startedAt: "2026-01-31T12:00:01.000Z" }),
          journeyRow("c", { startedAt: "2026-01-31T12:00:02.000Z" }),
        ],
      }),
    );
    const { rows, arrived } = compose({ fetched: [journeyRow("a")], changes });
    expect(rows.map((row) => row.status)).toEqual(["failed"]);
    expect(arrived.map((row) => row.key)).toEqual(["c", "b"]);
  });

  it("leave rows older than the fetched pages to the page they belong to", () => {
    const old = journeyRow("old", { startedAt: "2026-01-01T00:00:00.000Z" });
    const changes = applyJourneysPatch(NO_CHANGES, patch({ upserts: [old] }));
    expect(compose({ fetched: [journeyRow("a")], complete: false, changes }).arrived).toEqual([]);
    expect(compose({ fetched: [journeyRow("a")], complete: true, changes }).arrived).toHaveLength(1);
  });

  it("do not let a row in that the filters exclude", () => {
    const changes = applyJourneysPatch(NO_CHANGES, patch({ upserts: [journeyRow("a")] }));
    expect(compose({ changes, filters: { ...NO_FILTERS, status: "failed" } }).arrived).toEqual([]);
  });
});
