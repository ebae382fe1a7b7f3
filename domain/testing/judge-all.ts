/** Judges a flat list of observations as if nothing else had ever been seen. For tests and for the examiner's bench. */
import { groupBy } from "../collections/group-by";
import { buildIntervals } from "../connections/build-intervals";
import { indexConnections } from "../connections/connection-index";
import type { ConnectionInterval } from "../connections/interval";
import { joinJourneys } from "../journeys/join-journeys";
import { judgeJourney } from "../journeys/judge-journey";
import { STOP_TYPE } from "../journeys/message-kinds";
import type { JourneyGroup, JudgeContext, LeakOccurrence, Policy, Verdict } from "../journeys/types";
import { identitySwitches } from "../leaks/identity-switch";
import { judgeLooseMessage } from "../leaks/judge-loose-message";
import { mayCarryContent, sameContent } from "../leaks/same-content";
import { CONNECTION_STAGES, type ConnectionEvent, type ObservedEvent } from "../telemetry/event";
import { inOrder } from "../telemetry/order";

export type AnyEvent = ObservedEvent & Partial<Pick<ConnectionEvent, "closeCode" | "snapshot">>;

export interface Judged {
  group: JourneyGroup;
  verdict: Verdict;
}

/** The verdict on every journey in `events` (of one environment), by key. */
export function judgeAll(events: readonly AnyEvent[], policy: Policy, nowMs: number): Verdict[] {
  return judgeGroups(events, policy, nowMs).map(({ verdict }) => verdict);
}

/** Every journey in `events` (of one environment) beside the verdict on it, by key. */
export function judgeGroups(events: readonly AnyEvent[], policy: Policy, nowMs: number): Judged[] {
  const context = contextOf(events);
  return joinJourneys(messagesOf(events), context, policy).groups.map((group) => ({
    group,
    verdict: judgeJourney(group, context, policy, nowMs),
  }));
}

/** Leaks in `events` (of one environment), of journeys, of messages that belong to none, and of connections. */
export function leaksIn(events: readonly AnyEvent[], policy: Policy, nowMs: number): LeakOccurrence[] {
  const context = contextOf(events);
  const { loose } = joinJourneys(messagesOf(events), context, policy);
  return [
    ...judgeAll(events, policy, nowMs).flatMap((verdict) => verdict.occurrences),
    ...loose.flatMap((message) => judgeLooseMessage(message, context, policy, nowMs).occurrences),
    ...identitySwitches(context.intervals, toldOfConnections(events)),
    ...contentLeaks(messagesOf(events), context.intervals),
  ];
}

function contentLeaks(events: readonly AnyEvent[], intervals: readonly ConnectionInterval[]): LeakOccurrence[] {
  const hashes = new Set(events.filter(mayCarryContent).flatMap(({ payloadHash }) => payloadHash ?? []));
  return [...hashes].flatMap((hash) => {
    const carriers = events.filter((event) => event.payloadHash === hash);
    const ids = new Set(carriers.flatMap(({ messageId }) => messageId ?? []));
    const outbound = events.filter(({ stage }) => stage === "emitted" || stage === "sent" || stage === "acked");
    const carrying = outbound.filter((event) => event.payloadHash === hash || ids.has(event.messageId ?? ""));
    return sameContent(hash, carrying, intervals);
  });
}

/** What a database that holds exactly `events` would know beside a journey. */
export function contextOf(events: readonly AnyEvent[]): JudgeContext {
  const intervals = intervalsOf(events);
  const index = indexConnections(intervals);
  const received = inOrder(events).filter((event) => event.stage === "received" && event.threadId !== null);
  const threadParticipants = new Map<string, Set<string>>();
  for (const event of received) {
    const presence = index.presenceOf(event);
    if (presence.state !== "open" || presence.user === null || event.threadId === null) continue;
    const users = threadParticipants.get(event.threadId) ?? new Set();
    threadParticipants.set(event.threadId, users.add(presence.user));
  }
  return {
    intervals,
    knownUsers: new Set(
      intervals.flatMap(({ userId, bindings }) => [userId ?? [], bindings.map((b) => b.userId)].flat()),
    ),
    stops: received.filter((event) => event.type === STOP_TYPE && event.runId === null),
    threadParticipants,
    outages: [],
  };
}

function intervalsOf(events: readonly AnyEvent[]): ConnectionInterval[] {
  const nameOf = ({ instance, connectionId }: AnyEvent) => JSON.stringify([instance ?? "", connectionId]);
  const acks = groupBy(
    events.filter((event) => event.stage === "acked"),
    nameOf,
  );
  const connections = groupBy(events.filter(isConnectionEvent), nameOf);
  return [...connections].flatMap(([name, told]) =>
    buildIntervals(
      toldOfConnections(told),
      (acks.get(name) ?? []).map((event) => event.timeMs),
    ),
  );
}

function toldOfConnections(events: readonly AnyEvent[]): ConnectionEvent[] {
  return events
    .filter(isConnectionEvent)
    .map((event) => ({ ...event, closeCode: event.closeCode ?? null, snapshot: event.snapshot ?? false }));
}

function messagesOf(events: readonly AnyEvent[]): AnyEvent[] {
  return events.filter((event) => !isConnectionEvent(event));
}

function isConnectionEvent(event: ObservedEvent): boolean {
  return (CONNECTION_STAGES as readonly string[]).includes(event.stage);
}
