/**
 * Joins events into journeys where the policy changed meanwhile. What opens a journey is decided by the request types in
 * force when it begins: a journey that began before a change keeps all its events, and what was no request then does
 * not become one afterwards.
 */
import { groupBy } from "../collections/group-by";
import type { ObservedEvent } from "../telemetry/event";
import { byTime } from "../telemetry/order";
import { joinJourneys } from "./join-journeys";
import { type PolicyTimeline, policyAt, spanOf, timelineBetween } from "./policy-timeline";
import { startOf } from "./requests";
import type { JourneyGroup, JudgeContext, Policy } from "./types";

export interface JoinedInForce {
  groups: { group: JourneyGroup; policy: Policy }[];
  /** Messages that belong to no journey. */
  loose: { message: ObservedEvent[]; policy: Policy }[];
}

/** As `joinJourneys`, each journey and loose message beside the policy in force when it began. */
export function joinInForce(
  events: readonly ObservedEvent[],
  context: JudgeContext,
  timeline: PolicyTimeline,
): JoinedInForce {
  const span = spanOf(events);
  if (span === null) return { groups: [], loose: [] };
  const eras = erasOf(timelineBetween(timeline, span.fromMs, span.toMs));
  const groups: JoinedInForce["groups"] = [];
  let left = events;
  let loose: ObservedEvent[][] = [];
  for (const { policy, fromMs, toMs } of eras) {
    const joined = joinJourneys(left, context, policy);
    const started = joined.groups.map((group) => ({ group, atMs: startOf(group.events, policy) }));
    const begun = started.filter(({ atMs }) => atMs >= fromMs && atMs < toMs);
    for (const { group, atMs } of begun) groups.push({ group, policy: policyAt(timeline, atMs) });
    if (begun.length === started.length) loose = joined.loose;
    else loose = messagesIn(withoutEvents(left, begun));
    left = eras.length === 1 ? [] : withoutEvents(left, begun);
  }
  return {
    groups: groups.sort((a, b) => (a.group.key < b.group.key ? -1 : 1)),
    loose: loose.map((message) => ({ message, policy: policyAt(timeline, message[0]?.timeMs ?? 0) })),
  };
}

interface Era {
  policy: Policy;
  fromMs: number;
  /** When other request types come into force. */
  toMs: number;
}

/** Policies that open journeys by the same types join them alike. */
function erasOf(timeline: PolicyTimeline): Era[] {
  const eras: Era[] = [];
  for (const { policy, fromMs } of timeline) {
    const last = eras.at(-1);
    if (last && sameNames(last.policy.requestTypes, policy.requestTypes)) continue;
    if (last) last.toMs = fromMs;
    eras.push({ policy, fromMs, toMs: Number.POSITIVE_INFINITY });
  }
  return eras;
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name) => b.includes(name));
}

function withoutEvents(events: readonly ObservedEvent[], taken: readonly { group: JourneyGroup }[]): ObservedEvent[] {
  const ids = new Set(taken.flatMap(({ group }) => group.events.map((event) => event.id)));
  return events.filter((event) => !ids.has(event.id));
}

/** As `joinJourneys` gives them. */
function messagesIn(events: readonly ObservedEvent[]): ObservedEvent[][] {
  const ordered = [...events].sort(byTime);
  return [...groupBy(ordered, (event) => event.messageId ?? `\u0000${event.id}`).values()];
}
