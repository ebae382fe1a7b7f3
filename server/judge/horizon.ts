/**
 * How far around a journey connections count. What happens to a connection later than that can change no verdict,
 * so a journey is not judged again whenever its user comes or goes later in life.
 */
import type { ConnectionInterval } from "@/domain/connections/interval";
import type { PolicyTimeline } from "@/domain/journeys/policy-timeline";
import type { Policy } from "@/domain/journeys/types";

/** Before the first event: clocks differ, and a connection may open while its first message is on the way. */
export const REACH_MS = 60_000;

/** After the last event, in ms: the longest silence that any of the policies tolerates, then the longest reconnect. */
export function horizonMs(timeline: PolicyTimeline): number {
  return Math.max(...timeline.map(({ policy }) => horizonOf(policy)));
}

function horizonOf(policy: Policy): number {
  const { routeMs, firstEventMs, gapMs, toolMs, deliveryMs, ackMs, reconnectMs, settleMs } = policy;
  return Math.max(routeMs, firstEventMs, gapMs, toolMs, deliveryMs, ackMs) + 2 * reconnectMs + settleMs;
}

/** The intervals as they were at `atMs`: what opened later is left out, what closed later is open. */
export function cutAt(intervals: readonly ConnectionInterval[], atMs: number): ConnectionInterval[] {
  return intervals.flatMap((interval) => {
    if ((interval.openedAtMs ?? Number.NEGATIVE_INFINITY) > atMs) return [];
    const closedLater = interval.closedAtMs !== null && interval.closedAtMs > atMs;
    return [closedLater ? { ...interval, closedAtMs: null, closeCode: null } : interval];
  });
}
