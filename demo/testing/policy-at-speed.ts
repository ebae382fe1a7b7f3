import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { Policy } from "@/domain/journeys/types";

/** The default policy for a demo that runs `speed` times as fast as real time. */
export function policyAtSpeed(speed: number): Policy {
  const { routeMs, firstEventMs, gapMs, toolMs, deliveryMs, ackMs, slowResponseMs, reconnectMs, settleMs } =
    DEFAULT_POLICY;
  const durations = { routeMs, firstEventMs, gapMs, toolMs, deliveryMs, ackMs, slowResponseMs, reconnectMs, settleMs };
  const scaled = Object.fromEntries(Object.entries(durations).map(([name, ms]) => [name, ms / speed]));
  return { ...DEFAULT_POLICY, ...scaled };
}
