import { describe, expect, it } from "vitest";
import { behindMs } from "./prepare-judged";

const NOW_MS = Date.parse("2026-01-31T12:01:00.000Z");
const judged = (upTo: string, backlog: number) => ({ upTo, backlog, setAside: 0 });

describe("being behind", () => {
  it("is a backlog of more than 30 s", () => {
    expect(behindMs(judged("2026-01-31T12:00:29.000Z", 1), NOW_MS)).toBe(31_000);
    expect(behindMs(judged("2026-01-31T12:00:31.000Z", 1), NOW_MS)).toBeNull();
  });
  it("is never silence with nothing waiting, nor not knowing", () => {
    expect(behindMs(judged("2026-01-31T11:00:00.000Z", 0), NOW_MS)).toBeNull();
    expect(behindMs(null, NOW_MS)).toBeNull();
  });
});
