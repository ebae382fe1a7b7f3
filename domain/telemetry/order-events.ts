/** One order and one notion of sameness for observations, whatever order they arrived in. */
import type { ObservedEvent } from "./event";

type Ordered = Pick<ObservedEvent, "timeMs" | "seq" | "id">;

/** By time, then by the emitter's `seq` (events without one last), then by id. */
export function byTime(a: Ordered, b: Ordered): number {
  return a.timeMs - b.timeMs || compareSeq(a.seq, b.seq) || compareText(a.id, b.id);
}

function compareSeq(a: number | null, b: number | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Every observation once: of one id in one environment the first received wins, and of those the earliest. */
export function uniqueEvents<E extends ObservedEvent>(events: Iterable<E>): E[] {
  const byId = new Map<string, E>();
  for (const event of events) {
    const key = `${event.environment}\u0000${event.id}`;
    const known = byId.get(key);
    if (known === undefined || isFirst(event, known)) byId.set(key, event);
  }
  return [...byId.values()];
}

function isFirst(event: ObservedEvent, known: ObservedEvent): boolean {
  if (event.receivedAtMs !== known.receivedAtMs) return event.receivedAtMs < known.receivedAtMs;
  return event.timeMs < known.timeMs;
}
