import { describe, expect, it } from "vitest";
import { journeyRow } from "@/client/testing/journey-row";
import { prepareOutcome } from "./prepare-outcome";
import { prepareTotal } from "./prepare-total";

describe("the journeys list", () => {
  it("says what broke and where", () => {
    const brokenAt = { step: "agent_completed", hop: "emitted", router: null };
    expect(prepareOutcome(journeyRow("a", { brokenAt, brokenBy: "event_lost" }))).toEqual({
      text: "Event lost at agent completed",
      broken: true,
    });
    expect(prepareOutcome(journeyRow("a", { findings: ["slow_response"] })).text).toBe("Slow response");
  });

  it("says honestly when it did not count to the end", () => {
    expect(prepareTotal({ total: null, totalAtLeast: 10_000 }, 3)).toBe("10,000+ journeys match");
    expect(prepareTotal({ total: 1, totalAtLeast: 1 }, 0)).toBe("1 journey matches");
    expect(prepareTotal({ total: 1, totalAtLeast: 1 }, 2)).toBe("3 journeys match");
  });
});
