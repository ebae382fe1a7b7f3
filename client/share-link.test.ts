import { describe, expect, it } from "vitest";
import { shareLink } from "./share-link";

const NOW_MS = Date.parse("2026-01-31T12:00:00.000Z");
const live = { kind: "live", preset: "1h", minutes: 60 } as const;

describe("a link for somebody else", () => {
  it("turns a moving window into the times it shows now", () => {
    const link = shareLink("http://x/?last=1h&q=a#event=e1", { environment: "prod", range: live, nowMs: NOW_MS });
    const url = new URL(link);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      q: "a",
      environment: "prod",
      from: "2026-01-31T11:00:00.000Z",
      to: "2026-01-31T12:00:00.000Z",
    });
    expect(url.hash).toBe("#event=e1");
  });

  it("does so for the window that is shown without being asked for", () => {
    expect(shareLink("http://x/", { environment: null, range: live, nowMs: NOW_MS })).toContain("from=2026-01-31T11");
  });

  it("names the environment, keeps the times of a page without window, and leaves the reader's zone out", () => {
    const address = "http://x/journeys?from=2026-01-01T00:00:00.000Z&tz=utc";
    const url = new URL(shareLink(address, { environment: "default", range: null, nowMs: NOW_MS }));
    expect(Object.fromEntries(url.searchParams)).toEqual({
      environment: "default",
      from: "2026-01-01T00:00:00.000Z",
    });
  });
});
