/**
 * What can go wrong between emission and the user. Each message has one cause: dropped, else phantom, else the lost
 * connection, else lost, else unacknowledged. A leak stands beside any of them.
 */
import type { ObservedEvent } from "../../telemetry/event";
import type { Copy, Reach } from "../copies";
import type { Facts } from "../facts";
import { isCritical } from "../message-kinds";
import type { Finding } from "../types";
import { finding, lastRouter, messageFinding } from "./finding";

export function deliveryCauses(facts: Facts): Finding[] {
  const causes: Finding[] = [];
  for (const reach of facts.reach.values()) {
    const cause = dropped(reach) ?? phantom(reach);
    if (cause) causes.push(cause);
    else if (facts.owner.user !== null) {
      const absence = lost(facts, reach) ?? unacked(facts, reach);
      if (absence) causes.push(absence);
    }
  }
  return causes;
}

function dropped({ message, deliveredAtMs }: Reach): Finding | null {
  const drop = message.drops.at(-1);
  if (!drop || message.sends.some((send) => send.timeMs >= drop.timeMs)) return null;
  // Acknowledged without a send that was reported: it was sent then.
  if (deliveredAtMs !== null && deliveredAtMs >= drop.timeMs) return null;
  return messageFinding(message, {
    code: "event_dropped",
    severity: "error",
    hop: message.routed.length > 0 ? "routed" : "emitted",
    dueMs: drop.timeMs,
    evidence: [message.emission.event, ...message.drops],
  });
}

function phantom({ message, sends, deliveredAtMs }: Reach): Finding | null {
  const [first, ...others] = sends.filter((copy) => copy.destination === "nobody");
  if (!first) return null;
  return messageFinding(message, {
    code: "phantom_delivery",
    severity: "error",
    fails: isCritical(message.type) && deliveredAtMs === null,
    hop: "sent",
    router: first.event.router ?? lastRouter(message.events),
    dueMs: first.event.timeMs,
    evidence: [message.emission.event, ...[first, ...others].map((copy) => copy.event)],
  });
}

/** Whether a deadline fell into the time when the owner was gone: then the connection is the cause, or will be. */
function explainedByDeparture(facts: Facts, trigger: ObservedEvent, waitMs: number): boolean {
  const { departure } = facts;
  return departure !== null && !departure.left && trigger.timeMs + waitMs > departure.atMs;
}

function lost(facts: Facts, { message, sends, deliveredAtMs }: Reach): Finding | null {
  const { emission } = message;
  // What went to somebody else only never reached its owner: it is lost beside the leak.
  const claimed = message.drops.length > 0 || sends.some((copy) => copy.destination === "nobody");
  if (!isCritical(message.type) || !emission.ok || claimed || deliveredAtMs !== null || !facts.observes("sent"))
    return null;
  const { deliveryMs } = facts.policy;
  if (explainedByDeparture(facts, emission.event, deliveryMs)) return null;
  if (facts.patience.after(emission.event, deliveryMs) !== "due") return null;
  return messageFinding(message, {
    code: "event_lost",
    severity: "error",
    hop: message.routed.length > 0 ? "routed" : "emitted",
    dueMs: emission.atMs + deliveryMs,
    evidence: [emission.event, ...message.failedSends, ...message.sends],
  });
}

function unacked(facts: Facts, { message, sends, acks }: Reach): Finding | null {
  const last = sends.at(-1);
  if (!last || !facts.observes("acked")) return null;
  const everyCopyAcks = sends.every(({ presence }) => presence.state === "open" && presence.interval.acks);
  if (
    !everyCopyAcks ||
    !sends.some((copy) => copy.destination === "owner") ||
    acks.some((ack) => ack.destination === "owner")
  )
    return null;
  const { ackMs } = facts.policy;
  if (explainedByDeparture(facts, last.event, ackMs)) return null;
  if (facts.patience.after(last.event, ackMs, isCritical(message.type)) !== "due") return null;
  return messageFinding(message, {
    code: "event_unacked",
    severity: "error",
    hop: "sent",
    dueMs: last.event.timeMs + ackMs,
    evidence: [message.emission.event, ...sends.map((copy) => copy.event)],
  });
}

export function connectionLost(facts: Facts): Finding[] {
  const { departure } = facts;
  if (!departure || departure.left) return [];
  // Who came back may have been missed as well: the reconnect is an absence like any other.
  const closed = { timeMs: departure.atMs, clockOffsetMs: 0 };
  if (facts.patience.after(closed, facts.policy.reconnectMs) !== "due") return [];
  const undelivered = facts.messages.find(
    (message) => isCritical(message.type) && facts.reach.get(message)?.deliveredAtMs === null,
  );
  const draft = {
    code: "connection_lost",
    severity: "error",
    fails: true,
    dueMs: departure.atMs,
    hop: "emitted",
  } as const;
  if (undelivered) return [messageFinding(undelivered, { ...draft, evidence: [undelivered.emission.event] })];
  const last = facts.events.findLast((event) => event.timeMs <= departure.atMs);
  return [
    finding({ ...draft, hop: null, step: "response_delivered", router: lastRouter(facts.events), evidence: [last] }),
  ];
}

/** More than one ok send of one message to one connection interval. */
export function duplicateDelivery(facts: Facts): Finding[] {
  return [...facts.reach.values()].flatMap(({ message, sends }) => {
    const seen = new Map<string, Copy>();
    const doubles: ObservedEvent[] = [];
    for (const copy of sends) {
      if (copy.interval === null || copy.destination === "nobody") continue;
      const first = seen.get(copy.interval);
      if (first) doubles.push(first.event, copy.event);
      else seen.set(copy.interval, copy);
    }
    const last = doubles.at(-1);
    if (!last) return [];
    return messageFinding(message, {
      code: "duplicate_delivery",
      severity: "warning",
      fails: false,
      hop: "sent",
      router: last.router ?? lastRouter(message.events),
      dueMs: last.timeMs,
      evidence: doubles,
    });
  });
}
