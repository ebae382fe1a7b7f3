/** The stages of one outbound message while they are being joined. */
import type { ObservedEvent } from "../telemetry/event";
import { byTime } from "../telemetry/order";

export interface Parts {
  emitted: ObservedEvent[];
  routed: ObservedEvent[];
  /** Handed over with success. */
  sends: ObservedEvent[];
  failedSends: ObservedEvent[];
  acks: ObservedEvent[];
  drops: ObservedEvent[];
}

export const emptyParts = (): Parts => ({ emitted: [], routed: [], sends: [], failedSends: [], acks: [], drops: [] });

/** Files an event under its stage. An acknowledgement that failed acknowledges nothing. */
export function add(parts: Parts, event: ObservedEvent): void {
  switch (event.stage) {
    case "emitted":
      parts.emitted.push(event);
      return;
    case "routed":
      parts.routed.push(event);
      return;
    case "sent":
      (event.outcome === "ok" ? parts.sends : parts.failedSends).push(event);
      return;
    case "acked":
      if (event.outcome === "ok") parts.acks.push(event);
      return;
    case "dropped":
      parts.drops.push(event);
      return;
    default:
  }
}

export function partsOf(events: readonly ObservedEvent[]): Parts {
  const parts = emptyParts();
  for (const event of events) add(parts, event);
  return parts;
}

/** Everything observed of the message, in order. */
export function eventsOf(parts: Parts): ObservedEvent[] {
  const { emitted, routed, sends, failedSends, acks, drops } = parts;
  return [...emitted, ...routed, ...sends, ...failedSends, ...acks, ...drops].sort(byTime);
}

export function firstOf(parts: Parts): ObservedEvent | null {
  let first: ObservedEvent | null = null;
  for (const stage of [parts.emitted, parts.routed, parts.sends, parts.failedSends, parts.acks, parts.drops]) {
    for (const event of stage) if (first === null || byTime(event, first) < 0) first = event;
  }
  return first;
}
