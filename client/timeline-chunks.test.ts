import { describe, expect, it } from "vitest";
import { chunkAt, chunkOfTime, chunksAround } from "./timeline-chunks";

const at = (minute: number) => `2026-11-21T10:${String(minute).padStart(2, "0")}:00.000Z`;
const summary = {
  total: 450,
  chunkRows: 200,
  chunks: [
    { endsAt: at(10), cursor: "a" },
    { endsAt: at(20), cursor: "b" },
    { endsAt: at(30), cursor: "c" },
  ],
};

describe("chunks of a timeline", () => {
  it("cover every row once; the last holds the rest", () => {
    const chunks = [0, 1, 2].map((index) => chunkAt(summary, index));
    expect(chunks.map((chunk) => [chunk?.firstRow, chunk?.rows, chunk?.cursor])).toEqual([
      [0, 200, null],
      [200, 200, "a"],
      [400, 50, "b"],
    ]);
    expect(chunkAt(summary, 3)).toBeNull();
    expect(chunkAt({ total: 0, chunkRows: 200, chunks: [] }, 0)).toBeNull();
  });

  it("are wanted where rows are in view, and on either side", () => {
    const wanted = (first: number, last: number) => chunksAround(summary, first, last).map(({ index }) => index);
    expect(wanted(0, 20)).toEqual([0, 1]);
    expect(wanted(190, 210)).toEqual([0, 1, 2]);
    expect(wanted(430, 449)).toEqual([1, 2]);
  });

  it("are found by time: the first that reaches it, else the last", () => {
    const found = (minute: number) => chunkOfTime(summary, Date.parse(at(minute)))?.index;
    expect([0, 10, 11, 30, 40].map(found)).toEqual([0, 0, 1, 2, 2]);
  });
});
