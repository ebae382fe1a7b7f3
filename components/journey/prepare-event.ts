import { duration } from "@/client/format";
import type { JourneyEvents } from "@/client/use-journey-events";
import type { TelemetryEventView } from "@/contracts/http";

/** Where a turn from one event leads: to another, to a page that has to be fetched first, or nowhere. */
export type Turn = { to: string } | "fetch" | null;

export interface AroundEvent {
  event: TelemetryEventView | null;
  /** Counted from 1; null where events before it were not fetched. */
  position: number | null;
  earlier: Turn;
  later: Turn;
}

/** An event among those fetched, and what comes before and after it. */
export function aroundEvent(
  loaded: Pick<JourneyEvents, "events" | "gapAt" | "hasMore">,
  id: string | null,
): AroundEvent {
  const { events, gapAt, hasMore } = loaded;
  const index = id === null ? -1 : events.findIndex((event) => event.id === id);
  const event = events[index];
  if (!event) return { event: null, position: null, earlier: null, later: null };
  const before = events[index - 1];
  const after = events[index + 1];
  return {
    event,
    position: gapAt !== null && index >= gapAt ? null : index + 1,
    earlier: index === gapAt ? "fetch" : before ? { to: before.id } : null,
    // What follows the beginning's pages is reached from their end only: across a gap nobody is led.
    later: index + 1 === gapAt ? null : after ? { to: after.id } : hasMore ? "fetch" : null,
  };
}

/** How long after it happened an event came in; earlier than it happened by the two clocks is said as it is. */
export function receivedWords(event: Pick<TelemetryEventView, "time" | "receivedAt">): string {
  const lagMs = Date.parse(event.receivedAt) - Date.parse(event.time);
  if (lagMs < 0) return `${duration(-lagMs)} before it happened: the clocks differ`;
  return `${duration(lagMs)} after it happened`;
}
