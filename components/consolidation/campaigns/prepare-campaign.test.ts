import { describe, expect, test } from "vitest";
import { type Campaign, campaignChange, campaignId } from "@/contracts/http";
import { criterionWords, doneAt, evidenceLink, periodWords, unknownReason } from "./prepare-campaign";
import { usualCampaign } from "./usual-campaign";

const typed = {
  ...{ name: "One message router!", environment: "prod", concept: "message_router" },
  ...{ window: "24h", hold: "7d", file: "", suite: "" },
};

describe("a new campaign", () => {
  test("asks for one implementation that is used, reliable and without leaks, as the API takes it", () => {
    const { id, change } = usualCampaign({ ...typed, file: "app/legacy.py", suite: "golden path" });
    expect(id).toBe("one-message-router");
    expect(campaignId.safeParse(id).success).toBe(true);
    const { criteria, windowMinutes, holdMinutes } = campaignChange.parse(change);
    expect(criteria.map(({ kind }) => kind)).toEqual([
      ...["implementations", "compliance", "legacy_imports", "file_gone", "reliability", "delivery", "leaks", "suite"],
    ]);
    expect([windowMinutes, holdMinutes]).toEqual([1_440, 10_080]);
  });

  test("leaves out a file and a suite that nobody named", () => {
    const { change } = usualCampaign({ ...typed, file: " " });
    expect(change.criteria.map(({ kind }) => kind)).not.toContain("file_gone");
    expect(change.criteria.map(({ kind }) => kind)).not.toContain("suite");
  });

  test.each([
    [{ window: "soon" }, "windowMinutes"],
    [{ window: "7m" }, "windowMinutes"],
    [{ hold: "long" }, "holdMinutes"],
    [{ window: "5m", hold: "30d" }, "holdMinutes"],
  ])("with %o is refused by the field", (wrong, field) => {
    const { error } = campaignChange.safeParse(usualCampaign({ ...typed, ...wrong }).change);
    expect(error?.issues.map(({ path }) => path[0])).toEqual([field]);
  });
});

describe("a criterion", () => {
  test("says target and value in its unit, and that there is no data instead of a figure", () => {
    const criterion = { kind: "reliability", min: 0.995 } as const;
    expect(criterionWords({ criterion, now: 0.9912 })).toMatchObject({ target: "≥ 99.50 %", now: "99.12 %" });
    expect(criterionWords({ criterion, now: null }).now).toBe("–");
    expect(criterionWords({ criterion: { kind: "file_gone", file: "a.py" }, now: 1 }).now).toBe("there");
  });

  test("of which nothing is known says why", () => {
    const criterion = { kind: "delivery", min: 1 } as const;
    expect(unknownReason({ criterion, now: null, met: null })).toBe("no traffic in this time");
    expect(unknownReason({ criterion, now: 1, met: null })).toBe("not every type was emitted in this time");
    expect(unknownReason({ criterion, now: 1, met: true })).toBeNull();
  });

  test("leads to what it was read from: the scan, the time of the traffic, the runs", () => {
    const at = "2026-03-04T10:00:00.000Z";
    const scan = { kind: "scan", id: "s1", commit: "0123456789abcdef", at } as const;
    const legacy = { kind: "legacy_imports", concept: "router", max: 0 } as const;
    expect(evidenceLink({ criterion: legacy, evidence: scan }, "prod")?.query).toEqual({
      ...{ environment: "prod", scan: "s1", concept: "router", part: "legacy_importers" },
    });
    const gone = { kind: "file_gone", file: "app/old.py" } as const;
    expect(evidenceLink({ criterion: gone, evidence: scan }, "prod")?.query).toEqual({
      ...{ environment: "prod", scan: "s1", file: "app/old.py" },
    });
    const traffic = { kind: "traffic", from: at, to: at } as const;
    const reliable = { criterion: { kind: "reliability", min: 1 }, evidence: traffic } as const;
    expect(evidenceLink(reliable, "prod")).toMatchObject({ path: "/", query: { from: at, to: at } });
    const suite = { criterion: { kind: "suite", suite: "golden" }, evidence: { kind: "run", at } } as const;
    expect(evidenceLink(suite, "prod")?.query).toEqual({ environment: "prod", suite: "golden" });
    expect(evidenceLink({ ...suite, evidence: null }, "prod")).toBeNull();
  });
});

describe("a campaign", () => {
  const held = (since: string | null, met: boolean | null) => ({
    ...{ criterion: { kind: "leaks", max: 0 } as const, now: 0, met, since, trend: [], evidence: null },
  });
  const campaign = (criteria: Campaign["criteria"]): Campaign => ({
    ...{ id: "a", name: "A", environment: "prod", windowMinutes: 10, holdMinutes: 60, project: null, endedAt: null },
    ...{ asOf: "", done: false, met: 0, criteria, changedAt: "", changedBy: "" },
  });

  test("is done when the criterion that was met last has held for long enough, if nothing breaks it", () => {
    const [first, last] = [held("2026-03-04T10:00:00.000Z", true), held("2026-03-04T10:20:00.000Z", true)];
    expect(doneAt(campaign([first, last]))).toBe("2026-03-04T11:20:00.000Z");
    expect(doneAt(campaign([first, held(null, null)]))).toBeNull();
    expect(doneAt({ ...campaign([first, last]), endedAt: "2026-03-04T10:30:00.000Z" })).toBeNull();
  });

  test("says its times in the largest unit that leaves no rest", () => {
    expect([5, 60, 90, 1_440, 10_080].map(periodWords)).toEqual([
      ...["5 minutes", "1 hour", "90 minutes", "1 day", "7 days"],
    ]);
  });
});
