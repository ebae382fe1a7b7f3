import { describe, expect, it } from "vitest";
import { selectedRange } from "./prepare-selection";

describe("dragging over a chart", () => {
  it("selects whole buckets, in whichever direction", () => {
    expect(selectedRange(100, 300, 50)).toEqual({ fromMs: 100, toMs: 350 });
    expect(selectedRange(300, 100, 50)).toEqual({ fromMs: 100, toMs: 350 });
  });
  it("selects nothing by a click", () => {
    expect(selectedRange(100, 100, 50)).toBeNull();
    expect(selectedRange(null, 100, 50)).toBeNull();
  });
});
