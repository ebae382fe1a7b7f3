import { describe, expect, it } from "vitest";
import { journeyDetail } from "@/client/testing/journey-detail";
import type { FindingView } from "@/contracts/http";
import { asSentence, prepareStory } from "./prepare-story";

const finding: FindingView = {
  code: "event_lost",
  severity: "error",
  fails: true,
  step: "agent_completed",
  at: "2026-01-31T12:00:05.000Z",
  eventIds: [],
  eventIdsOmitted: 0,
  summary: "agent_completed was handed to nobody.",
};

describe("the story of a journey", () => {
  it("is the sentence of the finding that broke it", () => {
    const other = { ...finding, code: "not_routed", summary: "Another." };
    const journey = journeyDetail([], {
      status: "failed",
      brokenAt: { step: "agent_completed", hop: "emitted", router: null },
      brokenBy: "event_lost",
      findings: [other, finding],
    });
    expect(prepareStory(journey)).toBe("agent_completed was handed to nobody.");
  });
  it("stands as a sentence, and leaves names as they are", () => {
    expect(asSentence("the run was silent")).toBe("The run was silent.");
    expect(asSentence("agent_completed was lost")).toBe("agent_completed was lost.");
  });
  it("names what was noticed when it was delivered all the same", () => {
    const warning = {
      ...finding,
      code: "slow_response",
      severity: "warning" as const,
      fails: false,
      summary: "It took 12 s.",
    };
    expect(prepareStory(journeyDetail([], { status: "degraded", findings: [warning] }))).toBe(
      "The answer was delivered 800 ms after the request, with slow response. It took 12 s.",
    );
  });
  it("claims nothing where nothing could be observed", () => {
    expect(prepareStory(journeyDetail([], { status: "unobserved" }))).toMatch(/proves nothing/);
  });
});
