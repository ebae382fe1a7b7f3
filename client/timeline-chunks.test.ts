import { describe, expect, it } from "vitest";
import { chunkOfRow, chunkOfTime, chunksAround } from "./timeline-chunks";

const at = (minute: number) => `2026-11-21T10:${String(minute).padStart(2, "0")}:00.000Z`;
const timeline = {
  chunks: [
    { index: 0, firstRow: 0, rows: 200, cursor: null, endsAt: at(10) },
    { index: 1, firstRow: 200, rows: 50, cursor: "a", endsAt: at(20) },
    { index: 2, firstRow: 250, rows: 200, cursor: "b", endsAt: at(30) },
  ],
};

describe("chunks of a timeline", () => {
  it("are found by row, whatever their length", () => {
    const rows = [0, 199, 200, 249, 250, 449, 9_999];
    expect(rows.map((row) => chunkOfRow(timeline, row))).toEqual([0, 0, 1, 1, 2, 2, 2]);
    expect(chunkOfRow({ chunks: [] }, 0)).toBe(-1);
  });

  it("are wanted where rows are in view, and on either side", () => {
    const wanted = (first: number, last: number) => chunksAround(timeline, first, last).map(({ index }) => index);
    expect(wanted(0, 0)).toEqual([0, 1]);
    expect(wanted(1, 1)).toEqual([0, 1, 2]);
    expect(wanted(2, 2)).toEqual([1, 2]);
    expect(chunksAround({ chunks: [] }, -1, -1)).toEqual([]);
  });

  it("are found by time: the first that reaches it, else the last", () => {
    const found = (minute: number) => chunkOfTime(timeline, Date.parse(at(minute)))?.index;
    expect([0, 10, 11, 30, 40].map(found)).toEqual([0, 0, 1, 2, 2]);
  });
});
