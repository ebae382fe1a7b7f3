import { describe, expect, it } from "vitest";
import { at, journeyDetail } from "../testing/journey-detail";
import { correctionBetween } from "./correction";

const judged = (status: "running" | "failed" | "succeeded") => journeyDetail([], { status });

describe("a corrected verdict", () => {
  it("is one that was final and changed", () => {
    expect(correctionBetween(judged("failed"), judged("succeeded"))).toEqual({
      from: "failed",
      to: "succeeded",
      at: at(1_000),
    });
  });
  it("is not the end of a running journey, nor the same verdict again, nor the first one", () => {
    expect(correctionBetween(judged("running"), judged("failed"))).toBeNull();
    expect(correctionBetween(judged("failed"), judged("failed"))).toBeNull();
    expect(correctionBetween(undefined, judged("failed"))).toBeNull();
  });
});
