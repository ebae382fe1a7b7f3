/**
 * What routers did with the messages of one journey, or with one message of none. A router handled a message when it
 * routed, sent or dropped it, and counts once per message; what has no message id counts per event.
 */
import { groupBy } from "../collections/group-by";
import type { ObservedEvent } from "../telemetry/event";
import type { Counter } from "./counter";
import { latencyBucket } from "./latency-bucket";
import { OK, outcomeOf, routerMetric } from "./router-metrics";

/** What one router did with one message. */
interface Handling {
  router: string;
  message: Message;
  /** In order, never empty. */
  events: [ObservedEvent, ...ObservedEvent[]];
}

interface Message {
  /** Whether any router routed it; else those that sent or dropped it took it. */
  routed: boolean;
  /** Where it was received or emitted. */
  begun: ObservedEvent[];
}

/** @param events in order; those of other stages tell when a message came and of which type it is */
export function countRouters(counter: Counter, events: readonly ObservedEvent[]): void {
  for (const handling of handlingsIn(events)) {
    const { router, events } = handling;
    const [{ timeMs }] = events;
    counter.addAt(timeMs, routerMetric.message(router, failureIn(events)));
    for (const metric of sourcesOf(router, events)) counter.addAt(timeMs, metric);
    countHandlers(counter, handling);
    countLatency(counter, handling);
  }
}

function handlingsIn(events: readonly ObservedEvent[]): Iterable<Handling> {
  const messages = new Map<string, Message>();
  const handlings = new Map<string, Handling>();
  for (const event of events) {
    const { stage, router } = event;
    const begins = event.messageId !== null && (stage === "received" || stage === "emitted");
    const handles = router !== null && (stage === "routed" || stage === "sent" || stage === "dropped");
    if (!begins && !handles) continue;
    const name = messageName(event, events);
    const message = messages.get(name) ?? { routed: false, begun: [] };
    messages.set(name, message);
    if (begins) message.begun.push(event);
    if (!handles) continue;
    message.routed ||= stage === "routed";
    const handlingName = `${name}\u0000${router}`;
    const known = handlings.get(handlingName);
    if (known) known.events.push(event);
    else handlings.set(handlingName, { router, message, events: [event] });
  }
  return handlings.values();
}

/** A message's name: its id and type, because a run may number its messages as its user does. */
function messageName({ id, messageId, type }: ObservedEvent, events: readonly ObservedEvent[]): string {
  if (messageId === null) return `e${id}`;
  const said = type ?? events.find((other) => other.messageId === messageId && other.type !== null)?.type ?? "";
  return `m${said}\u0000${messageId}`;
}

/** The last failure counts: a message with one is counted as failed whatever came before or after. */
function failureIn(events: readonly ObservedEvent[]): string {
  const failed = events.findLast((event) => outcomeOf(event) !== OK);
  return failed ? outcomeOf(failed) : OK;
}

function sourcesOf(router: string, [first, ...others]: Handling["events"]): Iterable<string> {
  const metric = routerMetric.source(router, first);
  return others.length === 0
    ? [metric]
    : new Set([metric, ...others.map((event) => routerMetric.source(router, event))]);
}

/** Who only sends what another routed did not take it. An event without handler belongs to the handler that is named. */
function countHandlers(counter: Counter, { router, message, events }: Handling): void {
  const taking = message.routed ? events.filter(({ stage }) => stage === "routed") : events;
  const named = taking.find(({ handler }) => handler !== null)?.handler ?? null;
  const atMs = events[0].timeMs;
  for (const [handler, own] of groupBy(taking, (event) => event.handler ?? named)) {
    const type = own.find((event) => event.type !== null)?.type;
    if (type != null) counter.addAt(atMs, routerMetric.handler(router, type, handler, failureIn(own)));
  }
}

/** `durationMs` of the first success, else the time since the message was received or emitted. */
function countLatency(counter: Counter, { router, message, events }: Handling): void {
  const routed = events.find(({ stage, outcome }) => stage === "routed" && outcome === "ok");
  if (!routed) return;
  const begun = message.begun.findLast(({ timeMs }) => timeMs <= routed.timeMs);
  const tookMs = routed.durationMs ?? (begun ? routed.timeMs - begun.timeMs : null);
  if (tookMs !== null) counter.addAt(routed.timeMs, routerMetric.latency(router, latencyBucket(tookMs)));
}
