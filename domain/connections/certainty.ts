/**
 * Whether it is certain that a moment on a connection was its user's. Two processes with clocks of their own may
 * disagree on whether a send came before or after a login or a close: it is uncertain where they disagree by more than
 * the moment's distance to that edge.
 */
import type { ObservedEvent } from "../telemetry/event";
import type { Binding, ConnectionInterval } from "./interval";
import { sourceOf } from "./source-of";

export function isCertain(event: ObservedEvent, { openedAtMs, closedAtMs, bindings }: ConnectionInterval): boolean {
  const current = Math.max(
    0,
    bindings.findLastIndex(({ atMs }) => atMs <= event.timeMs),
  );
  const user = bindings[current]?.userId;
  const first = bindings.slice(0, current).findLastIndex(({ userId }) => userId !== user) + 1;
  const begin = bindings[first];
  const next = bindings.slice(current).find(({ userId }) => userId !== user);
  if (!begin) return true;
  const beginsAtMs = first === 0 ? openedAtMs : begin.atMs;
  return agree(event, begin, beginsAtMs) && (next ? agree(event, next, next.atMs) : agree(event, begin, closedAtMs));
}

function agree(event: ObservedEvent, binding: Binding, edgeMs: number | null): boolean {
  if (edgeMs === null || event.clockOffsetMs === binding.offsetMs || sourceOf(event) === binding.source) return true;
  return Math.abs(event.clockOffsetMs - binding.offsetMs) <= Math.abs(event.timeMs - edgeMs);
}
