import { describe, expect, it } from "vitest";
import { prepareShares } from "./prepare-shares";

const none = { running: 0, succeeded: 0, degraded: 0, failed: 0, abandoned: 0, cancelled: 0, unobserved: 0 };

describe("a user's journeys by status", () => {
  it("add up to the whole, what failed first", () => {
    const { parts, text } = prepareShares({ ...none, succeeded: 6, failed: 2 });
    expect(parts).toEqual([
      { status: "failed", share: 0.25 },
      { status: "succeeded", share: 0.75 },
    ]);
    expect(text).toBe("2 failed, 6 succeeded");
  });

  it("of somebody without journeys are none, not a share of nothing", () => {
    expect(prepareShares(none)).toEqual({ parts: [], text: "no journeys" });
  });
});
