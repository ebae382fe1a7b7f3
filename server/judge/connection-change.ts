/** What a rebuilt connection changes for those who judged by the old one. Pure. */
import type { ConnectionInterval } from "@/domain/connections/interval";
import type { ConnectionKey } from "@/server/storage/judging/connections";

/** From when on a connection differs from what was known, and whom that concerns. Null = ever since. */
export interface ConnectionChange extends ConnectionKey {
  fromMs: number | null;
  /** Users of the intervals that differ. */
  users: string[];
  /** When the intervals that differ began and ended: what their users did long before or after is not concerned. */
  usersFromMs: number | null;
  usersToMs: number | null;
  /** Users that the connection did not name before, or names no more: whether they are known may differ. */
  otherUsers: string[];
  /** Whether somebody else is bound on it than was known. */
  rebound: boolean;
}

/** Sends just outside an interval count as inside, so a little more than the difference is concerned. */
const MARGIN_MS = 2_000;

/** Compares the intervals of one connection; null if nothing differs. */
export function changeOf(
  key: ConnectionKey,
  before: readonly ConnectionInterval[],
  after: readonly ConnectionInterval[],
): ConnectionChange | null {
  const count = Math.max(before.length, after.length);
  const users = new Set<string>();
  let fromMs = Number.POSITIVE_INFINITY;
  let toMs = Number.NEGATIVE_INFINITY;
  let rebound = false;
  for (let n = 0; n < count; n++) {
    const old = before[n];
    const fresh = after[n];
    if (old && fresh && sameInterval(old, fresh)) continue;
    for (const interval of [old, fresh]) for (const user of interval ? usersOf(interval) : []) users.add(user);
    fromMs = Math.min(fromMs, firstDifference(old, fresh));
    toMs = Math.max(toMs, ...[old, fresh].flatMap((interval) => (interval ? [endOf(interval)] : [])));
    rebound ||= old?.userId !== fresh?.userId || !old || !fresh || !sameBindings(old, fresh);
  }
  if (fromMs === Number.POSITIVE_INFINITY) return null;
  const everSince = before.length === 0 || fromMs === Number.NEGATIVE_INFINITY;
  const named = new Set(before.flatMap(usersOf));
  const stillNamed = new Set(after.flatMap(usersOf));
  return {
    ...key,
    fromMs: everSince ? null : fromMs - MARGIN_MS,
    users: [...users],
    usersFromMs: fromMs === Number.NEGATIVE_INFINITY ? null : fromMs - MARGIN_MS,
    usersToMs: toMs === Number.POSITIVE_INFINITY ? null : toMs + MARGIN_MS,
    otherUsers: [...users].filter((user) => !named.has(user) || !stillNamed.has(user)),
    rebound,
  };
}

function firstDifference(old: ConnectionInterval | undefined, fresh: ConnectionInterval | undefined): number {
  const openings = [old, fresh].flatMap((interval) =>
    interval ? [interval.openedAtMs ?? Number.NEGATIVE_INFINITY] : [],
  );
  const opened = Math.min(...openings);
  if (!old || !fresh) return opened;
  if (old.openedAtMs !== fresh.openedAtMs || old.userId !== fresh.userId || old.acks !== fresh.acks) return opened;
  const closes = [old, fresh].map(endOf);
  const bindings = old.bindings.length === fresh.bindings.length && sameBindings(old, fresh);
  if (!bindings) return opened;
  return Math.min(...closes);
}

function endOf(interval: ConnectionInterval): number {
  return interval.closedAtMs ?? Number.POSITIVE_INFINITY;
}

function sameInterval(a: ConnectionInterval, b: ConnectionInterval): boolean {
  return (
    a.openedAtMs === b.openedAtMs &&
    a.authenticatedAtMs === b.authenticatedAtMs &&
    a.closedAtMs === b.closedAtMs &&
    a.closeCode === b.closeCode &&
    a.userId === b.userId &&
    a.acks === b.acks &&
    sameBindings(a, b)
  );
}

function sameBindings(a: ConnectionInterval, b: ConnectionInterval): boolean {
  return (
    a.bindings.length === b.bindings.length &&
    a.bindings.every((binding, i) => {
      const other = b.bindings[i];
      return (
        other?.userId === binding.userId &&
        other.atMs === binding.atMs &&
        other.source === binding.source &&
        other.offsetMs === binding.offsetMs
      );
    })
  );
}

function usersOf(interval: ConnectionInterval): string[] {
  const users = interval.bindings.map((binding) => binding.userId);
  return interval.userId === null ? users : [interval.userId, ...users];
}
