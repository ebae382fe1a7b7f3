/**
 * When the owner was gone for good before the response came: the last open connection closed and none opened within
 * the reconnect window. Measured on the connections' own times: who comes back next day has still left today.
 */
import type { ConnectionInterval } from "../connections/interval";

export interface Departure {
  atMs: number;
  /** Closed on purpose (1000, 1001); otherwise the connection was lost. */
  left: boolean;
  /** Whether the reconnect window has passed. */
  decided: boolean;
  connectionId: string;
}

interface Span {
  nowMs: number;
  reconnectMs: number;
  /** When each response came to be owed and when it was delivered, in order. */
  owed: readonly { fromMs: number; deliveredAtMs: number | null }[];
}

/** Whether the user waits for a response: who goes away between two turns has left nothing behind. */
function isOwedAt({ owed }: Span, timeMs: number): boolean {
  const current = owed.findLast(({ fromMs }) => fromMs <= timeMs);
  return current !== undefined && (current.deliveredAtMs === null || timeMs < current.deliveredAtMs);
}

export function departureOf(intervals: readonly ConnectionInterval[], span: Span): Departure | null {
  const openings = intervals.map((interval) => interval.openedAtMs ?? Number.NEGATIVE_INFINITY).sort((a, b) => a - b);
  const isOpenAt = (timeMs: number) =>
    intervals.some(
      (interval) =>
        (interval.openedAtMs ?? Number.NEGATIVE_INFINITY) <= timeMs &&
        (interval.closedAtMs === null || interval.closedAtMs > timeMs),
    );
  const closings = intervals
    .flatMap((interval) => (interval.closedAtMs === null ? [] : [{ interval, atMs: interval.closedAtMs }]))
    .sort((a, b) => a.atMs - b.atMs || (a.interval.connectionId < b.interval.connectionId ? -1 : 1));
  for (const { interval, atMs } of closings) {
    if (!isOwedAt(span, atMs) || isOpenAt(atMs)) continue;
    const nextOpening = openings.find((openedMs) => openedMs >= atMs) ?? null;
    if (nextOpening !== null && nextOpening <= atMs + span.reconnectMs) continue;
    const left = interval.closeCode === 1000 || interval.closeCode === 1001;
    const decided = nextOpening !== null || span.nowMs >= atMs + span.reconnectMs;
    return { atMs, left, decided, connectionId: interval.connectionId };
  }
  return null;
}
