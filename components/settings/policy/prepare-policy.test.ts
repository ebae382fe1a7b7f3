import { describe, expect, it } from "vitest";
import type { PolicyView } from "@/contracts/settings";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { PolicyOverrides } from "@/domain/journeys/policy-values";
import { draftOf, NO_UNIT, preparePolicy, withBase } from "./prepare-policy";

const { version: _, ...base } = DEFAULT_POLICY;
const origins = Object.fromEntries(Object.keys(base).map((field) => [field, "default"])) as PolicyView["origins"];
const view = (own: PolicyOverrides = {}): PolicyView => ({
  ...{ environment: "prod", version: 3, own, base, values: { ...base, ...own }, origins },
  ...{ aliases: [], history: [], historyOmitted: 0 },
});
const typed = (seen: PolicyView, durations: Partial<ReturnType<typeof draftOf>["durations"]>) => {
  const draft = draftOf(seen);
  return preparePolicy(seen, { ...draft, durations: { ...draft.durations, ...durations } });
};

describe("the policy's form", () => {
  it("untouched it changes nothing and keeps what is the environment's own", () => {
    expect(preparePolicy(view(), draftOf(view()))).toEqual({ own: {}, changed: [], problems: {} });
    const own = { gapMs: 45_000, typeAliases: { muse: "agent_thinking" } };
    expect(preparePolicy(view(own), draftOf(view(own)))).toEqual({ own, changed: [], problems: {} });
  });

  it("a value that differs from that of all becomes the environment's own", () => {
    expect(typed(view(), { gapMs: "1.5 min" })).toEqual({ own: { gapMs: 90_000 }, changed: ["gapMs"], problems: {} });
  });

  it("an own value stays own even where it equals that of all, until it is given up", () => {
    const seen = view({ gapMs: base.gapMs });
    expect(preparePolicy(seen, draftOf(seen))).toMatchObject({ own: { gapMs: base.gapMs }, changed: [] });
    expect(preparePolicy(seen, withBase(draftOf(seen), seen, "gapMs"))).toEqual({
      ...{ own: {}, changed: ["gapMs"], problems: {} },
    });
  });

  it("names each field with what is wrong, in the server's words", () => {
    expect(typed(view(), { gapMs: "30", toolMs: "0 s", ackMs: "25 h" }).problems).toEqual({
      gapMs: NO_UNIT,
      toolMs: "must be at least 1 ms",
      ackMs: "must be at most 24 h",
    });
    const draft = { ...draftOf(view()), requestTypes: ["agent_started"] };
    expect(preparePolicy(view(), draft).problems.requestTypes).toContain("never a request");
  });

  it("the order of request types is no change", () => {
    const draft = { ...draftOf(view()), requestTypes: [...base.requestTypes].reverse() };
    expect(preparePolicy(view(), draft).changed).toEqual([]);
  });
});
