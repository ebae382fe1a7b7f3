/** What one verdict, one connection or one loose message adds to the counters. Pure; names of counters are made here only. */
import type { ConnectionInterval } from "../connections/interval";
import type { Delivery, Policy, Verdict } from "../journeys/types";
import { CRITICAL_TYPES, type ObservedEvent } from "../telemetry/event";
import { byTime } from "../telemetry/order";
import { countInbound, type Replies, repliesIn } from "./count-inbound";
import { countNotes } from "./count-notes";
import { countRouters } from "./count-routers";
import { type Contribution, type Counter, createCounter, minuteOf } from "./counter";
import { latencyBucket } from "./latency-bucket";

export type { Contribution } from "./counter";

const FINISHED: readonly string[] = ["succeeded", "degraded", "failed"];
/** Still going on, or whose user went away, or whose end nobody watched: what did not arrive there fails no promise. */
const UNFINISHED: readonly string[] = ["running", "abandoned", "cancelled", "unobserved"];
const NORMAL_CLOSE_CODES: readonly (number | null)[] = [1000, 1001];

/** What a journey counts for, at the minute it started; its routers at their own. `events` are the journey's own. */
export function contributionOf(verdict: Verdict, events: readonly ObservedEvent[], policy: Policy): Contribution {
  const counter = createCounter(verdict.startedAtMs);
  counter.add(`status/${verdict.status}`);
  if (verdict.durationMs !== null && FINISHED.includes(verdict.status)) {
    counter.add(`latency/${latencyBucket(verdict.durationMs)}`);
  }
  for (const { step, state } of verdict.steps) if (state === "done") counter.add(`funnel/${step}`);
  countDeliveries(counter, verdict);
  countNotes(counter, verdict, events);
  const ordered = [...events].sort(byTime);
  countRouters(counter, ordered);
  countInbound(counter, ordered, () => repliesIn(ordered), policy);
  return counter.contribution;
}

/**
 * What a message without journey counts for: its routers, and what became of it if it came from a user.
 * `events` is not empty.
 */
export function contributionOfLooseMessage(
  events: readonly ObservedEvent[],
  replies: Replies,
  policy: Policy,
): Contribution {
  const ordered = [...events].sort(byTime);
  const counter = createCounter(ordered[0]?.timeMs ?? 0);
  countRouters(counter, ordered);
  countInbound(counter, ordered, () => replies, policy);
  return counter.contribution;
}

/**
 * What one connection id counts for, one entry per minute. A connection that was open before anybody watched counts
 * neither as opened nor as authenticated; one that ends without a normal close code counts as abnormal.
 */
export function contributionOfConnection(
  intervals: readonly ConnectionInterval[],
  rejectedAtMs: readonly number[],
): Contribution[] {
  const minutes = new Map<number, Counter>();
  const count = (atMs: number, metric: string) => {
    const counter = minutes.get(minuteOf(atMs)) ?? createCounter(atMs);
    counter.add(metric);
    minutes.set(minuteOf(atMs), counter);
  };
  for (const { openedAtMs, authenticatedAtMs, closedAtMs, closeCode } of intervals) {
    if (openedAtMs !== null) {
      count(openedAtMs, "conn/opened");
      if (authenticatedAtMs !== null) {
        count(authenticatedAtMs, "conn/authenticated");
        count(authenticatedAtMs, `connauth/${latencyBucket(authenticatedAtMs - openedAtMs)}`);
      }
    }
    if (closedAtMs !== null && !NORMAL_CLOSE_CODES.includes(closeCode)) count(closedAtMs, "conn/abnormal");
  }
  for (const atMs of rejectedAtMs) count(atMs, "conn/rejected");
  return [...minutes].sort(([a], [b]) => a - b).map(([, { contribution }]) => contribution);
}

/**
 * A message counts once however many connections it went to, and as delivered when one of them was its owner's. What
 * is on its way, or was not delivered to a user who went away, counts as emitted and is excused.
 */
function countDeliveries(counter: Counter, verdict: Verdict): void {
  const hidden = verdict.steps.some(({ step, state }) => step === "response_delivered" && state === "not_observed");
  for (const copies of messagesOf(verdict.deliveries)) {
    const type = copies[0]?.type ?? "";
    if (!(CRITICAL_TYPES as readonly string[]).includes(type)) continue;
    // Of these nobody tells whether they were sent; what is known to be lost or dropped counts all the same.
    if (hidden && copies.every((copy) => copy.state === "emitted" && copy.sentAtMs === null)) continue;
    const delivered = copies.some(isDelivered);
    counter.add(`delivery/${type}/emitted`);
    if (!delivered && UNFINISHED.includes(verdict.status)) counter.add(`delivery/${type}/excused`);
    if (delivered) counter.add(`delivery/${type}/delivered`);
    if (copies.some((copy) => copy.state === "acked")) counter.add(`delivery/${type}/acked`);
  }
}

/** A send to a connection that nobody ever saw opening counts: nothing says that it failed. */
function isDelivered({ state, sentAtMs, connectionId }: Delivery): boolean {
  if (state === "delivered" || state === "acked") return true;
  return state === "unknown" && sentAtMs !== null && connectionId !== null;
}

/** Copies of one message share its id, or without one an event. */
function messagesOf(deliveries: readonly Delivery[]): Delivery[][] {
  const messages = new Set<Delivery[]>();
  const byName = new Map<string, Delivery[]>();
  for (const delivery of deliveries) {
    const { messageId, type, eventIds } = delivery;
    const names = messageId === null ? eventIds.map((id) => `e:${id}`) : [`m:${type}:${messageId}`];
    const message = names.map((name) => byName.get(name)).find((known) => known !== undefined) ?? [];
    message.push(delivery);
    messages.add(message);
    for (const name of names) byName.set(name, message);
  }
  return [...messages];
}
