import { describe, expect, it } from "vitest";
import { overviewOf } from "../testing/overview";
import { prepareLatency, prepareReliability, prepareVolume } from "./prepare-overview-charts";
import { withoutPrevious } from "./without-previous";

const FROM = "2026-01-31T11:00:00.000Z";
const QUIET = { good: 0, bad: 0, p95Ms: null };

describe("overview charts", () => {
  it("draw a bucket in which nothing finished as a gap in reliability and as zero in volume", () => {
    const data = overviewOf([{ good: 3, bad: 1, p95Ms: 900 }, QUIET]);
    expect(prepareReliability(data).points.map((point) => point.values.ratio)).toEqual([0.75, null]);
    expect(prepareVolume(data).points.map((point) => point.values.good)).toEqual([3, 0]);
    expect(prepareLatency(data).points.map((point) => point.values.p95)).toEqual([900, null]);
  });

  it("never read 100 % for no data, and say what to do", () => {
    const chart = prepareReliability(overviewOf([QUIET]));
    expect(chart.value).toBe("–");
    expect(chart.tone).toBeNull();
    expect(chart.empty).toMatch(/longer time/);
  });

  it.each([
    [{ good: 1000, bad: 0, p95Ms: null }, "good"],
    [{ good: 995, bad: 5, p95Ms: null }, "good"],
    [{ good: 994, bad: 6, p95Ms: null }, "bad"],
  ])("hold the ratio of %o against the target: %s", (bucket, tone) => {
    expect(prepareReliability(overviewOf([bucket])).tone).toBe(tone);
  });

  it("show a low ratio in full instead of cutting it off", () => {
    expect(prepareReliability(overviewOf([{ good: 1, bad: 3, p95Ms: null }])).yDomain[0]).toBe(0.2);
  });

  it("lay the period before behind the same bucket", () => {
    const before = { at: "2026-01-31T11:00:00.000Z", good: 1, bad: 1, p95Ms: 500 };
    const data = overviewOf([{ good: 2, bad: 0, p95Ms: 700 }], {
      previous: { good: 1, bad: 1, ratio: 0.5, p95Ms: 500, series: [before] },
    });
    expect(prepareReliability(data).points[0]?.values).toEqual({ ratio: 1, previousratio: 0.5 });
    expect(prepareReliability(data).before).toBe("period before 50.00 %");
    expect(prepareVolume(data).points[0]?.values).toEqual({ good: 2, bad: 0, previoustotal: 2 });
    expect(prepareLatency(data).points[0]?.values).toEqual({ p95: 700, previousp95: 500 });
  });

  it("do without the period before when it is not wanted, on the same axes", () => {
    const data = overviewOf([{ good: 2, bad: 0, p95Ms: 700 }], {
      previous: { good: 8, bad: 1, ratio: 0.9, p95Ms: 900, series: [{ at: FROM, good: 8, bad: 1, p95Ms: 900 }] },
    });
    const chart = withoutPrevious(prepareVolume(data));
    expect(chart.before).toBeNull();
    expect(chart.series.map(({ key }) => key)).toEqual(["good", "bad"]);
    expect(chart.yDomain).toEqual(prepareVolume(data).yDomain);
  });

  it("say that there is nothing to compare with instead of comparing with nothing", () => {
    expect(prepareReliability(overviewOf([QUIET])).before).toBe("no data in the period before");
  });
});
