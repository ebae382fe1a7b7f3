import { describe, expect, it } from "vitest";
import { bucketGrid } from "../bucket-grid";
import { stretchesOfRange } from "./stretches";

const at = (text: string) => Date.parse(`2026-11-20T${text}Z`);
const stretches = (from: string, to: string) =>
  stretchesOfRange("message", bucketGrid(at(from), at(to))).map(({ grain, fromMs, toMs }) => [
    grain,
    new Date(fromMs).toISOString().slice(11, 16),
    new Date(toMs).toISOString().slice(11, 16),
  ]);

describe("the rows of a range", () => {
  it("are minutes within an hour, and whole hours between minutes", () => {
    expect(stretches("10:05:00", "10:55:00")).toEqual([["minute", "10:05", "10:55"]]);
    expect(stretches("10:05:00", "13:20:30")).toEqual([
      ["minute", "10:05", "11:00"],
      ["hour", "11:00", "13:00"],
      ["minute", "13:00", "13:20"],
    ]);
    expect(stretches("10:00:00", "13:00:00")).toEqual([["hour", "10:00", "13:00"]]);
  });

  it("are hours where the range is long", () => {
    expect(stretches("00:30:00", "23:59:00")).toEqual([["hour", "00:00", "23:59"]]);
  });
});
