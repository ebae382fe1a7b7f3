/**
 * The second step of a change that concerns others: a connection, a stop, a thread. The transactions that may have read
 * the state before the change are waited for (by their numbers, without locks), then whom it concerns is marked.
 */
import type { PolicyTimeline } from "@/domain/journeys/policy-timeline";
import {
  type ChangedBetween,
  type ChangedSince,
  currentSnapshot,
  markClaims,
  markConnections,
  markStops,
  markThreads,
  markThreadsOfConnections,
  markUsers,
} from "@/server/storage/judging/fan-out";
import type { Named } from "@/server/storage/judging/load-intervals";
import { addMarks, type Subject } from "@/server/storage/judging/marks";
import type { Session } from "@/server/storage/judging/transaction";
import type { ConnectionChange } from "./connection-change";
import { horizonMs, REACH_MS } from "./horizon";

/** What changed, in one environment. */
export interface FanOut {
  /** Transactions below this number may have read the old state; null until the change is committed. */
  barrier: string | null;
  /** When it was put into the queue. */
  sinceMs: number;
  connections: ConnectionChange[];
  stops: string[];
  threads: string[];
}

/**
 * The barrier is set ahead of everything else that waits; then the mark goes to the end of the queue, so that most of
 * whom it concerns have been judged by the new state when it comes.
 */
const FIRST_MS = -3_600_000;
const RETRY_MS = 20;
/** A transaction that stays open longer than this, somewhere on the server, is waited for no more. */
const PATIENCE_MS = 10_000;

/** Puts what changed into the queue, one mark an environment. */
export async function queueFanOut(
  session: Session,
  changes: readonly ConnectionChange[],
  subjects: readonly Subject[],
  nowMs: number,
): Promise<void> {
  const byEnvironment = new Map<string, FanOut>();
  const at = (environment: string) => {
    const known = byEnvironment.get(environment);
    if (known) return known;
    const fresh: FanOut = { barrier: null, sinceMs: nowMs, connections: [], stops: [], threads: [] };
    byEnvironment.set(environment, fresh);
    return fresh;
  };
  for (const change of changes) at(change.environment).connections.push(change);
  for (const { kind, environment, key } of subjects) {
    if (kind === "stop") at(environment).stops.push(key);
    if (kind === "thread") at(environment).threads.push(key);
  }
  await addMarks(
    session,
    [...byEnvironment].map(([environment, fanOut]) => ({ kind: "fan_out", environment, key: JSON.stringify(fanOut) })),
    FIRST_MS,
  );
}

/** Works off `fan_out` marks: marks whom they concern, or puts them back until nobody can have read the old state. */
export async function fanOut(
  session: Session,
  marks: readonly Subject[],
  timelineOf: (environment: string) => PolicyTimeline,
  nowMs: number,
): Promise<void> {
  if (marks.length === 0) return;
  const { oldest, next } = await currentSnapshot(session);
  const waiting: Subject[] = [];
  const ready: { environment: string; what: FanOut; since: string }[] = [];
  for (const mark of marks) {
    const what = JSON.parse(mark.key) as FanOut;
    const barrier = what.barrier === null ? next : BigInt(what.barrier);
    if (oldest >= barrier || nowMs - what.sinceMs > PATIENCE_MS) {
      ready.push({ environment: mark.environment, what, since: String(barrier) });
    } else waiting.push({ ...mark, key: JSON.stringify({ ...what, barrier: String(barrier) }) });
  }
  await addMarks(session, waiting, RETRY_MS);

  const named = (pick: (what: FanOut) => string[]): Named[] =>
    unique(ready.flatMap(({ environment, what }) => pick(what).map((id) => ({ environment, id }))));
  const changes = ready.flatMap(({ what, since }) => what.connections.map((change) => ({ ...change, since })));
  await markConnections(session, changes.map(connectionSince));
  await markThreadsOfConnections(session, changes.filter(({ rebound }) => rebound).map(connectionSince));
  await markUsers(
    session,
    changes.flatMap((change) => usersBetween(change, horizonMs(timelineOf(change.environment)))),
  );
  await markClaims(
    session,
    named((what) => what.connections.flatMap((change) => change.otherUsers)),
  );
  await markStops(
    session,
    named((what) => what.stops),
  );
  await markThreads(
    session,
    named((what) => what.threads),
  );
}

/** A change, and the transaction from which on everybody reads it. */
interface CommittedChange extends ConnectionChange {
  since: string;
}

function connectionSince({ environment, connectionId, fromMs, since }: CommittedChange): ChangedSince {
  return { environment, id: connectionId, fromMs, since };
}

function usersBetween(
  { environment, users, usersFromMs, usersToMs, since }: CommittedChange,
  horizon: number,
): ChangedBetween[] {
  const fromMs = usersFromMs === null ? null : usersFromMs - horizon;
  const toMs = usersToMs === null ? null : usersToMs + REACH_MS;
  return users.map((id) => ({ environment, id, fromMs, toMs, since }));
}

function unique(items: readonly Named[]): Named[] {
  return [...new Map(items.map((item) => [`${item.environment}\u0000${item.id}`, item])).values()];
}
