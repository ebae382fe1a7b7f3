import { describe, expect, it } from "vitest";
import { newestEventMs } from "./newest-event";

describe("newestEventMs", () => {
  it("looks past announcements of open connections and what is no event", () => {
    const announced = { time: 9e12, attributes: { snapshot: true } };
    expect(newestEventMs([{ time: 2e12 }, { time: 3e12 }, announced, 7, { time: "never" }])).toBe(3e12);
    expect(newestEventMs([announced])).toBeNull();
  });
});
