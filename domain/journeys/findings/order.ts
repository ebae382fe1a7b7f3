/** Messages of one run that overtook each other on one connection, and clocks that contradict cause and effect. */
import { groupBy } from "../../collections/group-by";
import type { ObservedEvent } from "../../telemetry/event";
import type { Facts } from "../facts";
import type { Message } from "../messages";
import type { Finding } from "../types";
import { finding, messageFinding } from "./finding";

const SKEW_MS = 1_000;

interface FirstSend {
  message: Message;
  event: ObservedEvent;
}

/** First ok sends of each message, by run and connection interval, in the order they were sent. */
function firstSends(facts: Facts): FirstSend[][] {
  const sends: (FirstSend & { lane: string })[] = [];
  for (const { message, sends: copies } of facts.reach.values()) {
    const seen = new Set<string>();
    for (const copy of copies) {
      if (copy.interval === null || copy.destination === "nobody" || seen.has(copy.interval)) continue;
      seen.add(copy.interval);
      sends.push({ message, event: copy.event, lane: `${message.runId ?? ""}\u0000${copy.interval}` });
    }
  }
  sends.sort((a, b) => a.event.timeMs - b.event.timeMs);
  return [...groupBy(sends, ({ lane }) => lane).values()];
}

/** The first send that an earlier send should have followed; equal times contradict nothing. */
function overtaking(sends: readonly FirstSend[]): FirstSend | null {
  let maxSeq = Number.NEGATIVE_INFINITY;
  let maxEmitted = Number.NEGATIVE_INFINITY;
  let maxEmittedWithoutSeq = Number.NEGATIVE_INFINITY;
  let atOneTime: FirstSend[] = [];
  for (const send of sends) {
    if (atOneTime[0] && atOneTime[0].event.timeMs < send.event.timeMs) {
      for (const { message } of atOneTime) {
        if (message.seq !== null) maxSeq = Math.max(maxSeq, message.seq);
        if (!message.emission.observed) continue;
        maxEmitted = Math.max(maxEmitted, message.emission.atMs);
        if (message.seq === null) maxEmittedWithoutSeq = Math.max(maxEmittedWithoutSeq, message.emission.atMs);
      }
      atOneTime = [];
    }
    const { seq, emission } = send.message;
    if (seq !== null && seq < maxSeq) return send;
    const emittedBefore = seq === null ? maxEmitted : maxEmittedWithoutSeq;
    if (emission.observed && emission.atMs < emittedBefore) return send;
    atOneTime.push(send);
  }
  return null;
}

export function outOfOrder(facts: Facts): Finding[] {
  return firstSends(facts).flatMap((sends) => {
    const late = overtaking(sends);
    if (!late) return [];
    return messageFinding(late.message, {
      code: "out_of_order",
      severity: "warning",
      fails: false,
      hop: "sent",
      router: late.event.router,
      dueMs: late.event.timeMs,
      evidence: [late.message.emission.event, late.event],
    });
  });
}

export function clockSkew(facts: Facts): Finding[] {
  const pairs: [ObservedEvent | undefined, ObservedEvent | undefined][] = [];
  for (const request of facts.requests) pairs.push([request.received[0], request.routed[0]]);
  for (const message of facts.messages) {
    pairs.push([message.emitted[0], message.sends[0]], [message.sends[0], message.acks[0]]);
  }
  const firstEmitted = facts.messages.find((message) => message.emission.observed)?.emission.event;
  pairs.push([facts.requests[0]?.received[0], firstEmitted]);
  const skewed = pairs.flatMap(([cause, effect]) =>
    cause && effect && effect.timeMs < cause.timeMs - SKEW_MS ? [{ cause, effect }] : [],
  );
  const [first] = skewed;
  if (!first) return [];
  return [
    finding({
      code: "clock_skew",
      severity: "info",
      fails: false,
      step: null,
      dueMs: first.effect.timeMs,
      evidence: skewed.flatMap(({ cause, effect }) => [cause, effect]),
    }),
  ];
}
