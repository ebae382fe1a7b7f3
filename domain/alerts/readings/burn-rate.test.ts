import { describe, expect, test } from "vitest";
import type { Counts } from "../../slo/objectives";
import { settingsOf } from "../rules";
import { readBurnRate } from "./burn-rate";

const counts = (failed: number, total: number): Counts => ({ good: total - failed, total });
const read = (long: Counts, short: Counts, unjudged = false) =>
  readBurnRate(
    { objective: "golden_path", target: 0.995, long, short },
    { rule: "burn_rate_fast", environment: "prod", settings: settingsOf("burn_rate_fast", null), unjudged },
  );

describe("a burning budget", () => {
  test("fires when both windows burn", () => {
    const reading = read(counts(72, 1000), counts(8, 100));
    expect(reading).toMatchObject({
      ...{ condition: "breached", severity: "page", value: 14.4, threshold: 14.4, gap: null },
      labels: { objective: "golden_path", window: "1h/5m" },
      summary:
        "The error budget of golden path burns 14.4 times as fast as it may: 72 of 1000 missed it in the last hour",
    });
  });

  test("does not fire while one window is fine", () => {
    expect(read(counts(71, 1000), counts(100, 100)).condition).toBe("clear");
    expect(read(counts(500, 1000), counts(0, 100)).condition).toBe("clear");
  });

  test("says nothing below its least sample, however bad that is", () => {
    expect(read(counts(49, 49), counts(49, 49))).toMatchObject({ condition: "clear", value: null, gap: "too_few" });
    expect(read(counts(0, 0), counts(0, 0))).toMatchObject({ condition: "clear", value: null, gap: "no_data" });
  });

  test("neither begins nor ends while the short window holds too little, or judging is behind", () => {
    expect(read(counts(500, 1000), counts(0, 4)).condition).toBe("hold");
    expect(read(counts(500, 1000), counts(0, 0)).condition).toBe("hold");
    expect(read(counts(0, 1000), counts(0, 100), true)).toMatchObject({ condition: "hold", gap: "unjudged" });
  });
});
