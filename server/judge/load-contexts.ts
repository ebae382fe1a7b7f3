/** Beside each component's events: connections, known users, stops, thread participants, outages. One query each a batch. */
import type { ConnectionInterval } from "@/domain/connections/interval";
import { type PolicyTimeline, spanOf, timelineBetween } from "@/domain/journeys/policy-timeline";
import type { JudgeContext } from "@/domain/journeys/types";
import type { ObservedEvent } from "@/domain/telemetry/event";
import { outagesOfSources, receivedInThreads, stopsOfThreads } from "@/server/storage/judging/load-context";
import {
  intervalsOfConnections,
  intervalsOfUsers,
  knownUsers,
  type Named,
} from "@/server/storage/judging/load-intervals";
import type { Session } from "@/server/storage/judging/transaction";
import { cutAt, horizonMs, REACH_MS } from "./horizon";
import type { Component } from "./load-components";
import { participantsOf } from "./thread-participants";

const nameOf = ({ environment, id }: Named) => `${environment}\u0000${id}`;

interface Span {
  component: Component;
  fromMs: number;
  toMs: number;
}

/** The context of every component, in their order. */
export async function loadContexts(
  session: Session,
  components: readonly Component[],
  timelineOf: (environment: string) => PolicyTimeline,
): Promise<JudgeContext[]> {
  const spans = components.map((component) => reachOf(component, timelineOf(component.environment)));
  const threads = await loadThreads(session, spans);
  const extra = [...threads.stops, ...threads.received];

  const connections = unique([...components.flatMap(({ events }) => events), ...extra].flatMap(connectionNamed));
  const named = byKey(await intervalsOfConnections(session, connections), (interval) => [
    nameOf({ environment: interval.environment, id: interval.connectionId }),
  ]);
  const claims = spans.map((span) => claimedBy(span, named));
  const owned = byKey(await intervalsOfUsers(session, windowsOf(spans, claims)), (interval) =>
    usersOf(interval).map((id) => nameOf({ environment: interval.environment, id })),
  );
  const routed = spans.map(({ component }) => routedTo(component));
  const known = new Set((await knownUsers(session, unique([...claims, ...routed].flat()))).map(nameOf));
  const sourceIds = [
    ...new Set(spans.flatMap(({ component }) => component.events.flatMap((event) => event.sourceId ?? []))),
  ];
  const outages = await outagesOfSources(session, sourceIds, Math.min(...spans.map((span) => span.fromMs)));

  return spans.map((span, i) => {
    const { component } = span;
    const stops = threads.stops.filter(inThreadsOf(component)).filter((stop) => stop.timeMs >= span.fromMs);
    const received = threads.received.filter(inThreadsOf(component));
    const users = claims[i] ?? [];
    const intervals = new Set<ConnectionInterval>();
    for (const event of [...component.events, ...stops, ...received]) {
      for (const connection of connectionNamed(event)) {
        for (const interval of named.get(nameOf(connection)) ?? []) intervals.add(interval);
      }
    }
    const theirs = new Map([...intervals].map((interval) => [intervalName(interval), interval]));
    for (const user of users) {
      for (const interval of owned.get(nameOf(user)) ?? []) {
        if ((interval.closedAtMs ?? span.fromMs) >= span.fromMs) theirs.set(intervalName(interval), interval);
      }
    }
    const seen = cutAt([...theirs.values()], span.toMs);
    const sources = new Set(component.events.map((event) => event.sourceId));
    return {
      intervals: seen,
      knownUsers: new Set(
        [...users, ...(routed[i] ?? [])].filter((user) => known.has(nameOf(user))).map((user) => user.id),
      ),
      stops,
      threadParticipants: participantsOf(received, seen),
      outages: outages.filter(({ sourceId, toMs }) => sources.has(sourceId) && (toMs ?? span.fromMs) >= span.fromMs),
    };
  });
}

function reachOf(component: Component, timeline: PolicyTimeline): Span {
  const span = spanOf(component.events);
  if (span === null) return { component, fromMs: 0, toMs: 0 };
  const horizon = horizonMs(timelineBetween(timeline, span.fromMs, span.toMs));
  return { component, fromMs: span.fromMs - REACH_MS, toMs: span.toMs + horizon };
}

async function loadThreads(
  session: Session,
  spans: readonly Span[],
): Promise<{ stops: ObservedEvent[]; received: ObservedEvent[] }> {
  const since = new Map<string, Named & { fromMs: number }>();
  const scoped = new Map<string, Named>();
  for (const { component, fromMs } of spans) {
    for (const { environment, threadId, scope } of component.events) {
      if (threadId === null) continue;
      const thread = { environment, id: threadId };
      const name = nameOf(thread);
      const known = since.get(name);
      if (!known || fromMs < known.fromMs) since.set(name, { ...thread, fromMs });
      if (scope === "thread") scoped.set(name, thread);
    }
  }
  const stops = await stopsOfThreads(session, [...since.values()]);
  const received = await receivedInThreads(session, [...scoped.values()]);
  return { stops, received };
}

function inThreadsOf(component: Component): (event: ObservedEvent) => boolean {
  const threads = new Set(component.events.map((event) => event.threadId));
  return (event) => event.environment === component.environment && threads.has(event.threadId);
}

function connectionNamed({ environment, connectionId }: ObservedEvent): Named[] {
  return connectionId === null ? [] : [{ environment, id: connectionId }];
}

/** Users that the events claim, and users of the connections that they name. */
function claimedBy({ component }: Span, named: ReadonlyMap<string, ConnectionInterval[]>): Named[] {
  const { environment } = component;
  const ids = new Set<string>();
  for (const event of component.events) {
    if (event.userId !== null) ids.add(event.userId);
    for (const connection of connectionNamed(event)) {
      for (const interval of named.get(nameOf(connection)) ?? []) for (const id of usersOf(interval)) ids.add(id);
    }
  }
  return [...ids].map((id) => ({ environment, id }));
}

/** Users whom the payloads of a component's events name. */
function routedTo({ environment, events }: Component): Named[] {
  const ids = new Set(events.flatMap((event) => event.routingIds));
  return [...ids].map((id) => ({ environment, id }));
}

function windowsOf(spans: readonly Span[], claims: readonly Named[][]) {
  const windows = new Map<string, Named & { fromMs: number; toMs: number }>();
  for (const [i, { fromMs, toMs }] of spans.entries()) {
    for (const user of claims[i] ?? []) {
      const known = windows.get(nameOf(user));
      windows.set(nameOf(user), {
        ...user,
        fromMs: Math.min(fromMs, known?.fromMs ?? fromMs),
        toMs: Math.max(toMs, known?.toMs ?? toMs),
      });
    }
  }
  return [...windows.values()];
}

function usersOf(interval: ConnectionInterval): string[] {
  const users = new Set(interval.bindings.map((binding) => binding.userId));
  if (interval.userId !== null) users.add(interval.userId);
  return [...users];
}

function intervalName({ environment, instance, connectionId, n }: ConnectionInterval): string {
  return `${environment}\u0000${instance}\u0000${connectionId}\u0000${n}`;
}

function byKey<T>(items: readonly T[], keysOf: (item: T) => string[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const item of items) {
    for (const key of keysOf(item)) {
      const known = map.get(key);
      if (known) known.push(item);
      else map.set(key, [item]);
    }
  }
  return map;
}

function unique(items: readonly Named[]): Named[] {
  return [...new Map(items.map((item) => [nameOf(item), item])).values()];
}
