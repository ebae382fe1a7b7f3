import type { ObservedEvent } from "./event";

/** The one order of observations: time, then the emitter's sequence number, then id. */
export function byTime(a: ObservedEvent, b: ObservedEvent): number {
  if (a.timeMs !== b.timeMs) return a.timeMs - b.timeMs;
  const seqA = a.seq ?? Number.POSITIVE_INFINITY;
  const seqB = b.seq ?? Number.POSITIVE_INFINITY;
  if (seqA !== seqB) return seqA < seqB ? -1 : 1;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** In order, each id once. Of two events with one id the caller has already chosen the one that counts. */
export function inOrder<T extends ObservedEvent>(events: readonly T[]): T[] {
  return [...new Map(events.map((event) => [event.id, event])).values()].sort(byTime);
}
