import { describe, expect, it } from "vitest";
import type { Principal } from "./principal";
import { createRateLimits, rateLimitHeaders } from "./rate-limits";

const MINUTE = 60_000;
const key = (id: string, requestsPerMinute: number | null, eventsPerMinute: number | null = null): Principal => ({
  ...{ kind: "key", id, name: id, role: "read", environments: "all" },
  limits: { requestsPerMinute, eventsPerMinute },
});

function start() {
  const clock = { nowMs: 1_000_000 };
  return { clock, limits: createRateLimits(() => clock.nowMs) };
}

describe("the limit of a key", () => {
  it("lets exactly so many through in a minute, and as many in the next", () => {
    const { clock, limits } = start();
    const reader = key("a", 3);
    const taken = () => [1, 2, 3, 4, 5].map(() => limits.take(reader, "requests", 1)?.ok);
    expect(taken()).toEqual([true, true, true, false, false]);
    clock.nowMs += MINUTE - 1;
    expect(limits.take(reader, "requests", 1)).toMatchObject({ ok: false, remaining: 0, resetMs: 1 });
    clock.nowMs += 1;
    expect(taken()).toEqual([true, true, true, false, false]);
  });

  it("is its own: other keys and other units do not count against it", () => {
    const { limits } = start();
    expect(limits.take(key("a", 1, 5), "requests", 1)?.ok).toBe(true);
    expect(limits.take(key("b", 1), "requests", 1)?.ok).toBe(true);
    expect(limits.take(key("a", 1, 5), "events", 5)?.ok).toBe(true);
    expect(limits.take(key("a", 1, 5), "requests", 1)?.ok).toBe(false);
  });

  it("binds nobody who has none", () => {
    const { limits } = start();
    expect(limits.take(key("a", null), "requests", 1_000_000)).toBeNull();
    const person: Principal = { kind: "session", id: "s", name: "Ada", role: "read", environments: "all" };
    expect(limits.take(person, "requests", 1)).toBeNull();
  });

  it("takes a batch whole or not at all", () => {
    const { limits } = start();
    const sender = key("a", null, 10);
    expect(limits.take(sender, "events", 8)).toMatchObject({ ok: true, remaining: 2 });
    expect(limits.take(sender, "events", 3)).toMatchObject({ ok: false, remaining: 2, resetMs: MINUTE });
    expect(limits.take(sender, "events", 2)).toMatchObject({ ok: true, remaining: 0 });
  });

  it("takes a batch that is larger than itself, and makes up for it in the minutes after", () => {
    const { clock, limits } = start();
    const sender = key("a", null, 10);
    expect(limits.take(sender, "events", 25)).toMatchObject({ ok: true, remaining: 0 });
    expect(limits.take(sender, "events", 1)).toMatchObject({ ok: false, resetMs: 2 * MINUTE });
    clock.nowMs += 2 * MINUTE;
    expect(limits.take(sender, "events", 6)).toMatchObject({ ok: false, remaining: 5 });
    expect(limits.take(sender, "events", 5)).toMatchObject({ ok: true, remaining: 0 });
    clock.nowMs += MINUTE;
    expect(limits.take(sender, "events", 10)?.ok).toBe(true);
  });

  it("is told by headers that clients know, with the time to wait once it is reached", () => {
    const { limits } = start();
    const told = () => rateLimitHeaders(limits.take(key("a", 1), "requests", 1) ?? expect.fail("no limit"));
    expect(told()).toEqual({
      "ratelimit-policy": '"requests";q=1;w=60',
      ratelimit: '"requests";r=0;t=60',
      "ratelimit-limit": "1",
      "ratelimit-remaining": "0",
      "ratelimit-reset": "60",
    });
    expect(told()).toMatchObject({ "retry-after": "60" });
  });
});
