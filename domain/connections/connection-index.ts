/**
 * Looks up who was on a connection when. A connection that was never seen is unknown, which is not the same as closed:
 * nothing is judged by it.
 */
import { groupBy } from "../collections/group-by";
import type { ObservedEvent } from "../telemetry/event";
import type { ConnectionInterval } from "./interval";

/** A send this long before `opened` still counts as open: the two are reported by different threads. */
export const OPEN_GRACE_MS = 1_000;

export type Presence =
  | { state: "open"; interval: ConnectionInterval; user: string | null }
  /** Seen, and not open at that time. `interval` is the one that ended last, if any had begun. */
  | { state: "closed"; interval: ConnectionInterval | null }
  | { state: "unknown" };

export interface ConnectionIndex {
  /** The connection that an event names, at the event's time. */
  presenceOf(event: ObservedEvent): Presence;
  /** Intervals of a user, by opening time. */
  ofUser(user: string): ConnectionInterval[];
}

export function intervalName(interval: ConnectionInterval): string {
  return `${interval.instance}/${interval.connectionId}/${interval.n}`;
}

/** The user bound at a time: the last authentication until then, else the first of the interval. */
export function userAt(interval: ConnectionInterval, timeMs: number): string | null {
  let user = interval.bindings[0]?.userId ?? interval.userId;
  for (const binding of interval.bindings) if (binding.atMs <= timeMs) user = binding.userId;
  return user;
}

const openedAt = (interval: ConnectionInterval) => interval.openedAtMs ?? Number.NEGATIVE_INFINITY;
const closedAt = (interval: ConnectionInterval) => interval.closedAtMs ?? Number.POSITIVE_INFINITY;

function byOpening(a: ConnectionInterval, b: ConnectionInterval): number {
  return openedAt(a) - openedAt(b) || a.n - b.n;
}

function openInterval(intervals: readonly ConnectionInterval[], timeMs: number): ConnectionInterval | null {
  const open = intervals.filter((interval) => openedAt(interval) <= timeMs && timeMs <= closedAt(interval));
  const latest = open.at(-1);
  if (latest) return latest;
  return intervals.find((next) => openedAt(next) > timeMs && openedAt(next) - OPEN_GRACE_MS <= timeMs) ?? null;
}

const made = new WeakMap<readonly ConnectionInterval[], ConnectionIndex>();

/** The index of a list that does not change any more: many journeys are judged beside the same one. */
export function indexConnections(intervals: readonly ConnectionInterval[]): ConnectionIndex {
  const known = made.get(intervals);
  if (known) return known;
  const index = makeIndex(intervals);
  made.set(intervals, index);
  return index;
}

function makeIndex(intervals: readonly ConnectionInterval[]): ConnectionIndex {
  const sorted = [...intervals].sort(byOpening);
  const byId = groupBy(sorted, (interval) => interval.connectionId);
  const byUser = new Map<string, ConnectionInterval[]>();
  for (const interval of sorted) {
    const users = new Set([interval.userId, ...interval.bindings.map((binding) => binding.userId)]);
    for (const user of users) {
      if (user === null) continue;
      const known = byUser.get(user);
      if (known) known.push(interval);
      else byUser.set(user, [interval]);
    }
  }
  /** Same instance first; where one side reports none, the id alone. */
  const candidates = (event: ObservedEvent): ConnectionInterval[] => {
    const all = byId.get(event.connectionId ?? "") ?? [];
    if (event.instance === null) return all;
    const exact = all.filter((interval) => interval.instance === event.instance);
    return exact.length > 0 ? exact : all.filter((interval) => interval.instance === "");
  };
  return {
    ofUser: (user) => byUser.get(user) ?? [],
    presenceOf(event) {
      if (event.connectionId === null) return { state: "unknown" };
      const known = candidates(event);
      if (known.length === 0) return { state: "unknown" };
      const open = openInterval(known, event.timeMs);
      if (open) return { state: "open", interval: open, user: userAt(open, event.timeMs) };
      const past = known.filter((interval) => closedAt(interval) <= event.timeMs);
      return { state: "closed", interval: past.at(-1) ?? null };
    },
  };
}
