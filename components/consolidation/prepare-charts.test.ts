import { describe, expect, test } from "vitest";
import type { Consolidation } from "@/contracts/http";
import { prepareCompliance, prepareImplementations, prepareNotAnalysed, prepareReliability } from "./prepare-charts";

const compliance = { canonical: 1, total: 2, ratio: 0.5 as number | null };
const concept = (id: string, count: number) => ({ id, count, target: 1, compliance, legacyImporters: 0 });
const scan = (committedAt: string, concepts: ReturnType<typeof concept>[]) => ({
  ...{ id: committedAt, commit: committedAt, committedAt, notAnalysed: 0, concepts },
  until: { good: 0, bad: 0, ratio: null },
});
const at = (hour: number) => `2026-11-20T${String(hour).padStart(2, "0")}:00:00.000Z`;
const view: Consolidation = {
  newest: {
    ...scan(at(4), [concept("router", 1)]),
    ...{ uploadedAt: at(5), uploadedBy: "ci", files: 3, unparsed: 0 },
  },
  trend: [scan(at(1), [concept("broadcast", 2), concept("router", 3)]), scan(at(4), [concept("router", 1)])],
  trendOmitted: 0,
  from: at(1),
  to: at(6),
  bucketMs: 3_600_000,
  reliability: [
    { at: at(1), good: 3, bad: 1, ratio: 0.75 },
    { at: at(2), good: 0, bad: 0, ratio: null },
  ],
  reliabilityTarget: 0.995,
  incidents: { items: [{ id: "i", rule: "wrong_recipient", severity: "critical", firstSeenAt: at(3) }], omitted: 0 },
};

describe("the charts of the consolidation", () => {
  test("leave a gap where a scan does not know a concept, and carry nothing forward", () => {
    expect(prepareImplementations(view).points.map(({ values }) => values)).toEqual([
      { broadcast: 2, router: 3 },
      { broadcast: null, router: 1 },
    ]);
  });

  test("share one time axis, on which commits and incidents are marked", () => {
    const [code, traffic] = [prepareImplementations(view), prepareReliability(view)];
    expect(code.axis).toEqual({ fromMs: Date.parse(at(1)), toMs: Date.parse(at(6)) });
    expect(traffic.axis).toEqual(code.axis);
    expect(traffic.marks?.map(({ tone }) => tone)).toEqual(["accent", "accent", "bad"]);
  });

  test("show compliance with both numbers, and a gap where no file uses the concept", () => {
    const unused = { ...concept("router", 1), compliance: { canonical: 0, total: 0, ratio: null } };
    const chart = prepareCompliance({ ...view, trend: [...view.trend, scan(at(5), [unused])] }, "router");
    expect(chart).toMatchObject({ value: "50.0 %", before: "1 of 2 files that use router" });
    expect(chart.points.map(({ values }) => values)).toEqual([
      { canonical: 1, total: 2 },
      { canonical: 1, total: 2 },
      { canonical: null, total: null },
    ]);
    expect(prepareCompliance(view, "nothing").empty).not.toBeNull();
  });

  test("show apart what was not analysed, where anything was not", () => {
    expect(prepareNotAnalysed(view)).toBeNull();
    const broken = { ...scan(at(5), []), notAnalysed: 2 };
    expect(prepareNotAnalysed({ ...view, trend: [...view.trend, broken] })?.points.at(-1)?.values).toEqual({
      notAnalysed: 2,
    });
  });

  test("say whether the target is met by what was measured, and nothing without measurement", () => {
    expect(prepareReliability(view)).toMatchObject({ value: "75.00 %", tone: "bad" });
    const unmeasured = { ...view, reliability: [] };
    expect(prepareReliability(unmeasured)).toMatchObject({ value: "–", tone: null });
    expect(prepareReliability(unmeasured).empty).not.toBeNull();
    expect(prepareImplementations(view)).toMatchObject({ value: "1", tone: "good" });
  });
});
