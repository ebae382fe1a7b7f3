import { describe, expect, it } from "vitest";
import { ianaName, parseZone, shortZoneName, zoneNames, zoneOffset } from "./zone";

const WINTER = Date.UTC(2026, 0, 31, 12);
const SUMMER = Date.UTC(2026, 6, 31, 12);

describe("time zones", () => {
  it.each([
    ["utc", "utc"],
    ["UTC", "utc"],
    ["Etc/UTC", "utc"],
    ["local", "local"],
    ["europe/berlin", "Europe/Berlin"],
    ["Asia/Calcutta", "Asia/Kolkata"],
    ["Mars/Olympus", null],
    ["", null],
    [null, null],
  ])("reads %s as %s", (text, zone) => expect(parseZone(text)).toEqual(zone));

  it("offers only names that it can read", () => {
    const names = zoneNames();
    expect(names.length).toBeGreaterThan(300);
    for (const name of names) expect(parseZone(name)).not.toBeNull();
  });

  it("follows the clock changes of a zone", () => {
    expect(zoneOffset("Europe/Berlin", WINTER)).toBe("UTC+01:00");
    expect(zoneOffset("Europe/Berlin", SUMMER)).toBe("UTC+02:00");
    expect(zoneOffset("utc", SUMMER)).toBe("UTC");
    expect(zoneOffset("Asia/Kathmandu", SUMMER)).toBe("UTC+05:45");
  });

  it("names a zone in one word", () => {
    expect(shortZoneName("America/New_York")).toBe("New York");
    expect(shortZoneName("utc")).toBe("UTC");
    expect(parseZone(ianaName("local"))).not.toBeNull();
  });
});
