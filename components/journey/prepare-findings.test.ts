import { describe, expect, it } from "vitest";
import { at, journeyDetail } from "@/client/testing/journey-detail";
import type { FindingView } from "@/contracts/http";
import { findingsHeading, groupFindings } from "./prepare-findings";

function finding(code: string, atMs: number, change: Partial<FindingView> = {}): FindingView {
  const same = { severity: "error" as const, fails: true, eventIds: [], eventIdsOmitted: 0 };
  return { ...same, code, at: at(atMs), summary: `${code} ${atMs}`, ...change };
}
const lost = (atMs: number) => finding("event_lost", atMs);
const leak = (atMs: number) => finding("wrong_recipient", atMs, { severity: "critical" });

describe("the findings of a journey", () => {
  it("stand once per code, critical ones first", () => {
    const journey = journeyDetail([], { findings: [lost(1), leak(2), lost(3), leak(4), lost(5)] });
    expect(groupFindings(journey).map(({ code, first, more }) => [code, first.at, more.length])).toEqual([
      ["wrong_recipient", at(2), 1],
      ["event_lost", at(1), 2],
    ]);
    expect(findingsHeading(journey)).toBe("Findings (5 of 2 kinds)");
  });
  it("lead with the one that broke the journey, then with what fails it", () => {
    const harmless = finding("event_lost", 1, { fails: false });
    const breaking = finding("event_lost", 9, { step: "agent_completed" });
    const journey = journeyDetail([], {
      status: "failed",
      brokenAt: { step: "agent_completed", hop: "emitted", router: null },
      brokenBy: "event_lost",
      findings: [harmless, lost(5), breaking],
    });
    expect(groupFindings(journey)[0]?.first).toBe(breaking);
    expect(groupFindings(journey)[0]?.more).toEqual([lost(5), harmless]);
  });
  it("are counted with those that are not shown", () => {
    const omitted = { ...journeyDetail([]).omitted, findings: 1_200 };
    expect(findingsHeading(journeyDetail([], { findings: [lost(1)], omitted }))).toBe("Findings (1,201 of 1 kind)");
    expect(findingsHeading(journeyDetail([], { findings: [lost(1)] }))).toBe("Findings (1)");
    expect(findingsHeading(journeyDetail([]))).toBe("Findings");
  });
});
