/** Rebuilds the intervals of connections whose events or acks grew, and tells from when on they differ. */
import { isDeepStrictEqual } from "node:util";
import { buildIntervals } from "@/domain/connections/build-intervals";
import { OPEN_GRACE_MS } from "@/domain/connections/connection-index";
import type { ConnectionInterval } from "@/domain/connections/interval";
import type { LeakOccurrence } from "@/domain/journeys/types";
import { identitySwitches } from "@/domain/leaks/identity-switch";
import { type Contribution, contributionOfConnection } from "@/domain/rollups/contribution";
import type { ConnectionEvent } from "@/domain/telemetry/event";
import {
  type ConnectionKey,
  type ConnectionSummary,
  connectionEvents,
  connectionSummaries,
  firstAcks,
  replaceConnections,
} from "@/server/storage/judging/connections";
import { intervalsOfConnections, knownUsers, type Named } from "@/server/storage/judging/load-intervals";
import type { FoundLeaks } from "@/server/storage/judging/occurrences";
import type { Deltas } from "@/server/storage/judging/rollups";
import type { Session } from "@/server/storage/judging/transaction";
import { type ConnectionChange, changeOf } from "./connection-change";

const nameOf = ({ environment, instance, connectionId }: ConnectionKey) =>
  JSON.stringify([environment, instance, connectionId]);

const userName = ({ environment, id }: Named) => `${environment}\u0000${id}`;

/** The lock of a connection; nobody else rebuilds it at the same time. */
export function connectionLock(key: ConnectionKey): string {
  return `connection ${nameOf(key)}`;
}

/** A connection as it is stored, and as its events say that it was. */
export interface RebuiltConnection {
  key: ConnectionKey;
  before: ConnectionInterval[];
  after: ConnectionInterval[];
  /** Changes of user on one open connection. */
  switches: LeakOccurrence[];
  counted: Contribution[];
  contribution: Contribution[];
}

/** Rebuilds these connections from their stored events, without writing. One whose events are gone is left out. */
export async function rebuildConnections(
  session: Session,
  keys: readonly ConnectionKey[],
): Promise<RebuiltConnection[]> {
  const events = groupBy(await connectionEvents(session, keys), eventName);
  const ids = keys.map(({ environment, connectionId }) => ({ environment, id: connectionId }));
  const stored = groupBy(await intervalsOfConnections(session, ids), nameOf);
  const summaries = new Map((await connectionSummaries(session, keys)).map((row) => [nameOf(row), row.contribution]));
  const acks = groupBy(await acksOf(session, [...events.values()]), nameOf);
  return keys.flatMap((key) => {
    const name = nameOf(key);
    const observed = events.get(name);
    if (!observed) return [];
    const ackTimesMs = (acks.get(name) ?? []).map((ack) => ack.atMs);
    const after = buildIntervals(observed, ackTimesMs);
    const rejectedAtMs = observed.filter(({ stage }) => stage === "connection_rejected").map(({ timeMs }) => timeMs);
    const contribution = contributionOfConnection(after, rejectedAtMs);
    const switches = identitySwitches(after, observed);
    return [{ key, before: stored.get(name) ?? [], after, switches, counted: summaries.get(name) ?? [], contribution }];
  });
}

export interface JudgedConnections {
  changes: ConnectionChange[];
  /** Leaks that the connections alone prove. */
  leaks: FoundLeaks;
}

/**
 * Rebuilds these connections. Their locks are held. Deltas of their counters are added to `deltas`.
 * Of each change, `otherUsers` are those who became known by it, or are known no more.
 */
export async function judgeConnections(
  session: Session,
  keys: readonly ConnectionKey[],
  deltas: Deltas,
  nowMs: number,
): Promise<JudgedConnections> {
  const distinct = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  if (distinct.length === 0) return { changes: [], leaks: { subjects: [], found: [] } };
  const replaced: ConnectionSummary[] = [];
  const intervals: ConnectionInterval[] = [];
  const changes: ConnectionChange[] = [];
  const leaks: FoundLeaks = { subjects: [], found: [] };
  for (const { key, before, after, switches, counted, contribution } of await rebuildConnections(session, distinct)) {
    const change = changeOf(key, before, after);
    if (switches.length > 0 || before.some(({ bindings }) => bindings.length > 1)) {
      const subject = { environment: key.environment, key: connectionLock(key) };
      leaks.subjects.push(subject);
      for (const found of switches) leaks.found.push({ ...found, environment: key.environment, subject: subject.key });
    }
    if (!change && isDeepStrictEqual(counted, contribution)) continue;
    for (const part of counted) deltas.add(key.environment, part, -1);
    for (const part of contribution) deltas.add(key.environment, part, 1);
    replaced.push({ ...key, contribution });
    intervals.push(...after);
    if (change) changes.push(change);
  }
  const others = changes.flatMap(({ environment, otherUsers }) => otherUsers.map((id) => ({ environment, id })));
  const before = await knownUsers(session, others);
  await replaceConnections(session, replaced, intervals, nowMs);
  const after = await knownUsers(session, others);
  const [knownBefore, knownAfter] = [before, after].map((users) => new Set(users.map(userName)));
  return {
    leaks,
    changes: changes.map((change) => ({
      ...change,
      otherUsers: change.otherUsers.filter((id) => {
        const name = userName({ environment: change.environment, id });
        return knownBefore?.has(name) !== knownAfter?.has(name);
      }),
    })),
  };
}

/** Of connections that acked, those to which one more ack may make a difference. Their locks are held. */
export async function newlyAcking(session: Session, keys: readonly ConnectionKey[]): Promise<ConnectionKey[]> {
  const ids = keys.map(({ environment, connectionId }) => ({ environment, id: connectionId }));
  const stored = groupBy(await intervalsOfConnections(session, ids), nameOf);
  return keys.filter((key) => stored.get(nameOf(key))?.some(({ acks }) => !acks));
}

/** One witness of an ack in each interval is enough: the first. */
async function acksOf(session: Session, connections: readonly ConnectionEvent[][]) {
  const spans = connections.flatMap((events) => {
    const built = buildIntervals(events);
    return built.map(({ environment, instance, connectionId, openedAtMs }, n) => ({
      environment,
      instance,
      connectionId,
      fromMs: openedAtMs === null ? null : openedAtMs - OPEN_GRACE_MS,
      toMs: built[n + 1]?.openedAtMs ?? null,
    }));
  });
  return firstAcks(session, spans);
}

function eventName({ environment, instance, connectionId }: ConnectionEvent): string {
  return nameOf({ environment, instance: instance ?? "", connectionId: connectionId ?? "" });
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
