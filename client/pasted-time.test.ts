import { describe, expect, it } from "vitest";
import { pastedTime } from "./pasted-time";

const AT = Date.parse("2026-01-31T03:04:05.000Z");

describe("a pasted time", () => {
  it.each([
    ["2026-01-31T03:04:05Z", "Asia/Kathmandu"],
    [" 2026-01-31 03:04:05.000 UTC\n", "Asia/Kathmandu"],
    ["2026-01-31T04:04:05+01:00", "utc"],
    ["2026-01-31 04:04:05 +0100", "utc"],
    ["2026-01-31 03:04:05", "utc"],
    ["2026-01-31 08:49:05", "Asia/Kathmandu"],
    ["1769828645", "utc"],
    ["1769828645000", "utc"],
  ])("%j in %s is understood", (text, zone) => expect(pastedTime(text, zone)).toBe(AT));

  it.each(["", "yesterday", "03:04", "2026-13-31T03:04:05Z", "run-1769828645"])("%j is none", (text) =>
    expect(pastedTime(text, "utc")).toBeNull(),
  );
});
