import type { ObservedEvent } from "../telemetry/event";

/** The process that reported an event: one source, one clock. */
export function sourceOf({ sourceId, service, instance }: ObservedEvent): string {
  return JSON.stringify([sourceId, service, instance]);
}
