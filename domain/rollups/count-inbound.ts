/**
 * Inbound messages that open no journey: ping, typing, history. Each was received, and then routed, failed, or seen no
 * more; what is neither routed nor failed nor unseen is not routed. Absence is not counted, only what happened, so that
 * time alone changes nothing.
 */
import { groupBy } from "../collections/group-by";
import { isCritical, isRequest } from "../journeys/message-kinds";
import { observes } from "../journeys/patience";
import type { Policy } from "../journeys/types";
import type { ObservedEvent } from "../telemetry/event";
import type { Counter } from "./counter";
import { NO_CODE, OK, outcomeOf, routerMetric } from "./router-metrics";

const ANSWERING: readonly string[] = ["emitted", "sent", "acked"];

/** Ids that something answers, each with the connections on which it did; null where none is named. */
export type Replies = ReadonlyMap<string, ReadonlySet<string | null>>;

const NONE: Replies = new Map();

/** What events answer: a reply proves that a message was routed. */
export function repliesIn(events: readonly ObservedEvent[]): Replies {
  const replies = new Map<string, Set<string | null>>();
  for (const { stage, type, messageId, inReplyTo, connectionId } of events) {
    if (!ANSWERING.includes(stage)) continue;
    // An answer may carry the id of what it answers; agents number their messages by themselves.
    for (const id of [inReplyTo, isCritical(type) ? null : messageId]) {
      if (id === null) continue;
      const connections = replies.get(id) ?? new Set();
      replies.set(id, connections.add(connectionId));
    }
  }
  return replies;
}

/** @param events in order, of one journey or of one message that belongs to none */
export function countInbound(
  counter: Counter,
  events: readonly ObservedEvent[],
  replies: () => Replies,
  policy: Policy,
): void {
  const received = events.filter((event) => event.stage === "received" && !isRequest(event, policy));
  const decided = events.filter((event) => isDecision(event) && !isRequest(event, policy));
  if (received.length === 0 && decided.every(({ messageId }) => messageId !== null)) return;
  const named = groupBy(
    received.filter(({ messageId }) => messageId !== null),
    ({ messageId, connectionId, type }) => JSON.stringify([messageId, connectionId, type]),
  );
  const openingOf = createFinder([...named.values()].flatMap((copies) => copies[0] ?? []));
  const decisions = groupBy(
    decided.filter(({ messageId }) => messageId !== null),
    openingOf,
  );
  const answers = received.length === 0 ? NONE : replies();
  for (const copies of named.values()) {
    const [opening] = copies;
    if (!opening) continue;
    const connections = answers.get(opening.messageId ?? "");
    const answered = connections?.has(null) || connections?.has(opening.connectionId) || false;
    countMessage(counter, [...copies, ...(decisions.get(opening) ?? [])], answered, policy);
  }
  // What carries no id cannot be told apart: what was received and what was decided are compared by their numbers.
  for (const event of received) if (event.messageId === null) countMessage(counter, [event], false, policy);
  for (const event of decided) if (event.messageId === null) countDecision(counter, event);
}

/** Events that say what became of an inbound message. Agents' messages are no answer to it. */
function isDecision({ stage, type }: ObservedEvent): boolean {
  return (stage === "routed" || stage === "dropped") && !isCritical(type);
}

/**
 * Finds the message that a decision is about. Users number their messages alike: the same connection counts, then the
 * same claim, then the nearest before.
 */
function createFinder(openings: readonly ObservedEvent[]): (decision: ObservedEvent) => ObservedEvent | null {
  const ways = [
    ({ messageId, connectionId }: ObservedEvent) => connectionId && `${messageId}\u0000${connectionId}`,
    ({ messageId, userId }: ObservedEvent) => userId && `${messageId}\u0000${userId}`,
    ({ messageId }: ObservedEvent) => messageId,
  ].map((nameOf) => ({ nameOf, found: groupBy(openings, nameOf) }));
  return (decision) => {
    for (const { nameOf, found } of ways) {
      const name = nameOf(decision);
      const candidates = (name && found.get(name)) || [];
      const alike = candidates.filter(({ type }) => decision.type === null || type === decision.type);
      const nearest = alike.findLast(({ timeMs }) => timeMs <= decision.timeMs) ?? alike[0];
      if (nearest) return nearest;
    }
    return null;
  };
}

/** @param events what was observed of one message, received first */
function countMessage(counter: Counter, events: readonly ObservedEvent[], answered: boolean, policy: Policy): void {
  const [opening] = events;
  if (!opening) return;
  const { type, timeMs } = opening;
  const routed = events.find(({ stage, outcome }) => stage === "routed" && outcome === "ok");
  const failed = events.findLast((event) => outcomeOf(event) !== OK);
  const router = (routed ?? failed)?.router ?? opening.router;
  const count = (fate: "received" | "routed" | "failed" | "unseen", code = OK) =>
    counter.addAt(timeMs, routerMetric.inbound(type ?? "", router, fate, code));
  count("received");
  if (routed || answered) count("routed");
  else if (failed) count("failed", failed.errorCode ?? NO_CODE);
  else if (!observes([opening.service], "routed", policy)) count("unseen");
}

function countDecision(counter: Counter, event: ObservedEvent): void {
  const code = outcomeOf(event);
  const metric = routerMetric.inbound(event.type ?? "", event.router, code === OK ? "routed" : "failed", code);
  counter.addAt(event.timeMs, metric);
}
