import { describe, expect, it } from "vitest";
import { at, journeyDetail } from "@/client/testing/journey-detail";
import { journeyRow } from "@/client/testing/journey-row";
import { MAX_SIDE, prepareNeighbours } from "./prepare-neighbours";

const journey = journeyDetail([], { key: "now", startedAt: at(0) });
const before = [
  journeyRow("b1", { startedAt: at(-2_000) }),
  journeyRow("b2", { startedAt: at(-1_000), status: "running" }),
];
const after = [journeyRow("a1", { startedAt: at(1_000) })];
const none = { before: false, after: false };
const keys = (rows: { key: string }[]) => rows.map(({ key }) => key);

describe("the owner's journeys around one", () => {
  it("follow their verdicts, lose those that were joined, and gain those that begin", () => {
    const changes = {
      upserts: [
        journeyRow("b2", { startedAt: at(-1_000), status: "failed" }),
        journeyRow("a3", { startedAt: at(3_000) }),
        journeyRow("a2", { startedAt: at(2_000) }),
        journeyRow("bobs", { startedAt: at(2_000), owner: "bob" }),
        journeyRow("older", { startedAt: at(-9_000) }),
        journeyRow("now", { startedAt: at(0) }),
      ],
      removed: ["b1"],
    };
    const prepared = prepareNeighbours(journey, { before, after, more: none }, changes);
    expect(prepared.before).toMatchObject([{ key: "b2", status: "failed" }]);
    expect(keys(prepared.after)).toEqual(["a1", "a2", "a3"]);
  });

  it("gain nothing behind those that are not listed", () => {
    const upserts = [journeyRow("a9", { startedAt: at(9_000) })];
    const more = { before: false, after: true };
    expect(keys(prepareNeighbours(journey, { before, after, more }, { upserts, removed: [] }).after)).toEqual(["a1"]);
  });

  it("stay few however many begin", () => {
    const upserts = Array.from({ length: 100 }, (_, n) => journeyRow(`n${n}`, { startedAt: at(2_000 + n) }));
    const prepared = prepareNeighbours(journey, { before, after, more: none }, { upserts, removed: [] });
    expect(prepared.after).toHaveLength(MAX_SIDE);
    expect(prepared.more.after).toBe(true);
  });
});
