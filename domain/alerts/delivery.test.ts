import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Attempt, GIVE_UP_MS, outcomeOf, parseRetryAfter, retryInMs, slackErrorOf } from "./delivery";

const NOW_MS = Date.UTC(2026, 10, 21, 12);
const answered = (status: number, given: Partial<Extract<Attempt, { kind: "answered" }>> = {}): Attempt => ({
  ...{ kind: "answered", status, retryAfter: null, slackError: null },
  ...given,
});

describe("an attempt", () => {
  it.each([
    ["is done with any 2xx", answered(202), { kind: "sent" }],
    ["is repeated after 500", answered(500), { kind: "again", error: "status", pauseMs: null }],
    [
      "is repeated after 503 when asked",
      answered(503, { retryAfter: "7" }),
      { kind: "again", error: "status", pauseMs: 7_000 },
    ],
    ["is repeated after 408", answered(408), { kind: "again", error: "status", pauseMs: null }],
    [
      "waits after 429 as asked",
      answered(429, { retryAfter: "12" }),
      { kind: "again", error: "rate_limited", pauseMs: 12_000 },
    ],
    ["waits after 429 that says nothing", answered(429), { kind: "again", error: "rate_limited", pauseMs: 30_000 }],
    [
      "is repeated when the network failed",
      { kind: "network", error: "timeout" },
      { kind: "again", error: "timeout", pauseMs: null },
    ],
    ["is over with 404", answered(404), { kind: "failed", error: "status" }],
    ["is over with a redirect", answered(302), { kind: "failed", error: "redirect" }],
    ["names Slack's reason", answered(404, { slackError: "no_service" }), { kind: "failed", error: "no_service" }],
    [
      "is over with an address that may not be called",
      { kind: "refused", error: "address" },
      { kind: "failed", error: "address" },
    ],
  ] satisfies [string, Attempt, object][])("%s", (_, attempt, outcome) => {
    expect(outcomeOf(attempt, NOW_MS)).toEqual(outcome);
  });

  it("is repeated ever more rarely, with chance, and often enough before it is given up", () => {
    expect([1, 2, 3, 7, 500].map((n) => retryInMs(n, 0))).toEqual([2_500, 5_000, 10_000, 150_000, 150_000]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempts, random) => {
          const waitMs = retryInMs(attempts, random);
          expect(waitMs).toBeGreaterThanOrEqual(2_500);
          expect(waitMs).toBeLessThanOrEqual(300_000);
          expect(waitMs).toBeLessThan(GIVE_UP_MS / 50);
        },
      ),
    );
  });
});

describe("Retry-After", () => {
  it("is seconds or a date, and never more than an hour", () => {
    const read = ["3", " 120 ", "0", "999999", "Sat, 21 Nov 2026 12:00:30 GMT", "Sat, 21 Nov 2026 11:00:00 GMT"];
    expect(read.map((text) => parseRetryAfter(text, NOW_MS))).toEqual([3_000, 120_000, 0, 3_600_000, 30_000, 0]);
  });

  it("that is neither says nothing", () => {
    expect(["", "-1", "1e9", "soon", "2026-11-21"].map((text) => parseRetryAfter(text, NOW_MS))).toEqual(
      Array(5).fill(null),
    );
    fc.assert(fc.property(fc.string(), (text) => (parseRetryAfter(text, NOW_MS) ?? 0) <= 3_600_000));
  });
});

it("of Slack's answers only its own words are taken over", () => {
  expect(slackErrorOf("no_service\n")).toBe("no_service");
  expect(slackErrorOf("no_service: <script>")).toBeNull();
  expect(slackErrorOf("ok")).toBeNull();
});
