/** How much each key may ask for in a minute. Counted by this process alone. */
import type { Limits, Principal } from "./principal";

const WINDOW_MS = 60_000;
const MAX_COUNTED = 10_000;

export type LimitedUnit = "requests" | "events";
export interface Allowance {
  ok: boolean;
  unit: LimitedUnit;
  limit: number;
  remaining: number;
  /** Until the minute ends that is counted now; after a refusal, until it is worth trying again. */
  resetMs: number;
}
const LIMIT_OF: Record<LimitedUnit, keyof Limits> = { requests: "requestsPerMinute", events: "eventsPerMinute" };

export interface RateLimits {
  /** Takes `amount` from the caller's minute if it is there; null for callers without a limit of this kind. */
  take(principal: Principal, unit: LimitedUnit, amount: number): Allowance | null;
}

/**
 * A minute begins with the first use. A batch is taken whole or not at all; one that is larger than the limit is taken
 * by an untouched minute, and what it took too much is missing from the minutes after it.
 */
export function createRateLimits(nowMs: () => number): RateLimits {
  const counted = new Map<string, { sinceMs: number; used: number }>();

  function current(id: string, limit: number): { sinceMs: number; used: number } {
    const now = nowMs();
    const known = counted.get(id);
    if (!known) return { sinceMs: now, used: 0 };
    const passed = Math.floor((now - known.sinceMs) / WINDOW_MS);
    if (passed < 1) return known;
    const owed = Math.max(0, known.used - passed * limit);
    return { sinceMs: owed > 0 ? known.sinceMs + passed * WINDOW_MS : now, used: owed };
  }

  return {
    take(principal, unit, amount) {
      const limit = principal.limits?.[LIMIT_OF[unit]] ?? null;
      if (limit === null) return null;
      const id = `${unit} ${principal.id}`;
      const minute = current(id, limit);
      const ok = minute.used + amount <= limit || minute.used === 0;
      if (ok) minute.used += amount;
      if (!counted.has(id) && counted.size >= MAX_COUNTED) counted.clear();
      counted.set(id, minute);
      const waits = ok ? 1 : Math.max(1, Math.ceil((minute.used + Math.min(amount, limit)) / limit) - 1);
      const resetMs = minute.sinceMs + waits * WINDOW_MS - nowMs();
      return { ok, unit, limit, remaining: Math.max(0, limit - minute.used), resetMs };
    },
  };
}

/** Why a refused caller was refused. */
export function usedUp({ unit, limit }: Allowance): string {
  return `this key may send ${limit} ${unit} a minute`;
}

/** Seconds to wait, at least one. */
export function retryAfterS({ resetMs }: Pick<Allowance, "resetMs">): number {
  return Math.max(1, Math.ceil(resetMs / 1_000));
}

/**
 * Headers that tell a client where it stands: the structured fields of the IETF draft, the three older ones that most
 * clients read, and `Retry-After` with a refusal.
 */
export function rateLimitHeaders(allowance: Allowance): Record<string, string> {
  const { ok, unit, limit, remaining } = allowance;
  const resetS = retryAfterS(allowance);
  return {
    "ratelimit-policy": `"${unit}";q=${limit};w=${WINDOW_MS / 1_000}`,
    ratelimit: `"${unit}";r=${remaining};t=${resetS}`,
    "ratelimit-limit": String(limit),
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(resetS),
    ...(ok ? {} : { "retry-after": String(resetS) }),
  };
}
