import { describe, expect, it } from "vitest";
import type { Differences, DifferenceView } from "@/contracts/http";
import { differenceSentence, liftWords, samplesSentence, tooFew, valueWords } from "./prepare-differences";

const item: DifferenceView = {
  dimension: "router",
  value: "Legacy",
  bucket: null,
  failed: 41,
  healthy: 120,
  lift: 24.71,
  liftAtLeast: 20.4,
  chance: 1e-9,
};
const answer: Differences = {
  environment: "default",
  from: "2026-01-31T11:00:00.000Z",
  to: "2026-01-31T12:00:00.000Z",
  failed: { compared: 43, of: 43 },
  healthy: { compared: 3_110, of: 3_110 },
  needed: 20,
  alike: false,
  chosen: [],
  looked: 50,
  items: [item],
  omitted: 0,
};

describe("what differs", () => {
  it("is said with the counts of both sides", () => {
    expect(differenceSentence(item, answer)).toBe("in 41 of 43 failed, in 120 of 3,110 healthy: 24.7×");
    expect(differenceSentence({ ...item, healthy: 0, lift: null }, answer)).toBe(
      "in 41 of 43 failed, in none of 3,110 healthy",
    );
    expect([liftWords(1_234.56), liftWords(null), liftWords(9.96)]).toEqual(["1,234.6×", "only failed", "10.0×"]);
  });

  it.each<[DifferenceView["dimension"], number | null, number | null, string]>([
    ["connectionAge", null, 1_000, "under 1 s"],
    ["connectionAge", 10_000, 60_000, "10 s to 1 min"],
    ["connectionAge", 600_000, 3_600_000, "10 min to 1 h"],
    ["connectionAge", 21_600_000, null, "6 h or more"],
    ["payloadSize", null, 256, "under 256 bytes"],
    ["payloadSize", 1_024, 4_096, "1 KiB to 4 KiB"],
  ])("names a bucket of %s from %s to %s", (dimension, from, below, words) => {
    expect(valueWords({ dimension, value: "", bucket: { from, below } })).toBe(words);
  });

  it("says what was held against what", () => {
    expect(samplesSentence(answer)).toBe("43 failed journeys against 3,110 healthy ones");
    const large = { ...answer, failed: { compared: 5_000, of: null }, healthy: { compared: 4_900, of: null } };
    expect(samplesSentence({ ...large, alike: true, chosen: [{ dimension: "router", value: "A" }] })).toBe(
      "the newest 5,000 failed journeys against 4,900 healthy ones like them, spread over the period; router A chosen by the filter",
    );
  });

  it("says how many are lacking where there are too few", () => {
    expect(tooFew(answer)).toBeNull();
    const few = { ...answer, items: null, failed: { compared: 7, of: 7 } };
    expect(tooFew(few)).toBe("7 of 20 failed journeys needed");
    expect(tooFew({ ...few, healthy: { compared: 0, of: 9 } })).toBe(
      "7 of 20 failed journeys needed, 0 of 20 healthy journeys needed",
    );
  });
});
