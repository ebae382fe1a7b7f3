/** What one verdict, one connection or one loose message adds to the counters. Pure; names of counters are made here only. */
import type { ConnectionInterval } from "../connections/interval";
import type { Delivery, Verdict } from "../journeys/types";
import { CRITICAL_TYPES, type ObservedEvent } from "../telemetry/event";
import { latencyBucket } from "./latency-bucket";

const MINUTE_MS = 60_000;
const FINISHED: readonly string[] = ["succeeded", "degraded", "failed"];
const NORMAL_CLOSE_CODES: readonly (number | null)[] = [1000, 1001];

/** Counts by metric, at the minute (ms since the epoch) they belong to. */
export interface Contribution {
  minuteMs: number;
  metrics: Record<string, number>;
}

/** What a journey counts for, at the minute it started. `events` are the journey's own. */
export function contributionOf(verdict: Verdict, events: readonly ObservedEvent[]): Contribution {
  const counter = createCounter();
  counter.add(`status/${verdict.status}`);
  if (verdict.durationMs !== null && FINISHED.includes(verdict.status)) {
    counter.add(`latency/${latencyBucket(verdict.durationMs)}`);
  }
  for (const { step, state } of verdict.steps) if (state === "done") counter.add(`funnel/${step}`);
  countDeliveries(counter, verdict);
  countRouters(counter, events);
  return { minuteMs: minuteOf(verdict.startedAtMs), metrics: counter.metrics };
}

/** What a message without journey counts for: its routers. `events` is not empty. */
export function contributionOfLooseMessage(events: readonly ObservedEvent[]): Contribution {
  const counter = createCounter();
  countRouters(counter, events);
  return { minuteMs: minuteOf(Math.min(...events.map((event) => event.timeMs))), metrics: counter.metrics };
}

/**
 * What one connection id counts for, one entry per minute. A connection that was open before anybody watched counts
 * neither as opened nor as authenticated; one that ends without a normal close code counts as abnormal.
 */
export function contributionOfConnection(
  intervals: readonly ConnectionInterval[],
  rejectedAtMs: readonly number[],
): Contribution[] {
  const minutes = new Map<number, ReturnType<typeof createCounter>>();
  const count = (atMs: number, metric: string) => {
    const counter = minutes.get(minuteOf(atMs)) ?? createCounter();
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
  return [...minutes].sort(([a], [b]) => a - b).map(([minuteMs, { metrics }]) => ({ minuteMs, metrics }));
}

type Counter = ReturnType<typeof createCounter>;

function createCounter() {
  const counts = new Map<string, number>();
  return {
    add: (metric: string) => counts.set(metric, (counts.get(metric) ?? 0) + 1),
    /** By name, so that equal counts are equal however they were counted. */
    get metrics(): Record<string, number> {
      return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

const minuteOf = (ms: number) => Math.floor(ms / MINUTE_MS) * MINUTE_MS;

/** A message counts once however many connections it went to, and as delivered when one of them was its owner's. */
function countDeliveries(counter: Counter, verdict: Verdict): void {
  const hidden = verdict.steps.some(({ step, state }) => step === "response_delivered" && state === "not_observed");
  for (const copies of messagesOf(verdict.deliveries)) {
    const type = copies[0]?.type ?? "";
    if (!(CRITICAL_TYPES as readonly string[]).includes(type)) continue;
    if (hidden && copies.every((copy) => copy.sentAtMs === null)) continue;
    counter.add(`delivery/${type}/emitted`);
    if (copies.some(isDelivered)) counter.add(`delivery/${type}/delivered`);
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

/**
 * A router handled a message when it routed, sent or dropped it. It counts once per message, as an error if any of
 * that failed; what has no message id counts per event.
 */
function countRouters(counter: Counter, events: readonly ObservedEvent[]): void {
  const handled = new Map<string, { router: string; failed: boolean }>();
  for (const { id, stage, router, messageId, outcome } of events) {
    if (router === null || (stage !== "routed" && stage !== "sent" && stage !== "dropped")) continue;
    const key = JSON.stringify([router, messageId === null ? "event" : "message", messageId ?? id]);
    handled.set(key, { router, failed: outcome === "error" || (handled.get(key)?.failed ?? false) });
  }
  for (const { router, failed } of handled.values()) {
    counter.add(`router/${router}/messages`);
    if (failed) counter.add(`router/${router}/errors`);
  }
}
