import { describe, expect, it } from "vitest";
import { prepareZones } from "./prepare-zones";

const AT = Date.UTC(2026, 0, 31);
const zones = (typed: string) => prepareZones(typed, AT).options.map((option) => option.zone);

describe("time zones to choose from", () => {
  it("begin with the browser's own and UTC, and say how many are not listed", () => {
    expect(zones("").slice(0, 2)).toEqual(["local", "utc"]);
    expect(prepareZones("", AT).omitted).toBeGreaterThan(200);
  });
  it("are found by city with or without its continent, and by their distance from UTC", () => {
    expect(zones("new york")).toContain("America/New_York");
    expect(zones("america/new_york")).toContain("America/New_York");
    expect(zones("+05:45")).toContain("Asia/Kathmandu");
    expect(zones("mars")).toEqual([]);
  });
});
