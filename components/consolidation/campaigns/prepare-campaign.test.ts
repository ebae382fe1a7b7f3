import { describe, expect, test } from "vitest";
import { campaignChange, campaignId } from "@/contracts/http";
import { criterionWords, usualCampaign } from "./prepare-campaign";

const typed = { name: "One message router!", environment: "prod", concept: "message_router", holdDays: "7" };

describe("a new campaign", () => {
  test("asks for one implementation that is used, reliable and without leaks, as the API takes it", () => {
    const { id, change } = usualCampaign({ ...typed, file: "app/legacy.py", suite: "golden path" });
    expect(id).toBe("one-message-router");
    expect(campaignId.safeParse(id).success).toBe(true);
    expect(campaignChange.parse(change).criteria.map(({ kind }) => kind)).toEqual([
      ...["implementations", "compliance", "legacy_imports", "file_gone", "reliability", "delivery", "leaks", "suite"],
    ]);
  });

  test("leaves out a file and a suite that nobody named", () => {
    const { change } = usualCampaign({ ...typed, file: " ", suite: "" });
    expect(change.criteria.map(({ kind }) => kind)).not.toContain("file_gone");
    expect(change.criteria.map(({ kind }) => kind)).not.toContain("suite");
  });
});

describe("a criterion", () => {
  test("says target and value in its unit, and that there is no data instead of a figure", () => {
    const criterion = { kind: "reliability", min: 0.995 } as const;
    expect(criterionWords({ criterion, now: 0.9912 })).toMatchObject({ target: "≥ 99.50 %", now: "99.12 %" });
    expect(criterionWords({ criterion, now: null }).now).toBe("–");
    expect(criterionWords({ criterion: { kind: "file_gone", file: "a.py" }, now: 1 }).now).toBe("there");
  });
});
