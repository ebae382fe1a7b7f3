/**
 * One content that reached two users as two messages: something was built once and handed out twice, say from a cache
 * that forgot whose it was. Copies of one message are another rule's.
 */
import { groupBy } from "../collections/group-by";
import { indexConnections } from "../connections/connection-index";
import type { ConnectionInterval } from "../connections/interval";
import { type Copy, placesOf, reachOf } from "../journeys/copies";
import { joinMessages, type Message } from "../journeys/messages";
import type { LeakOccurrence } from "../journeys/types";
import type { ObservedEvent } from "../telemetry/event";
import { inOrder } from "../telemetry/order";
import { LEAK_SEVERITIES } from "./leak-rules";
import { scopeOf } from "./scope";

/** Two deliveries further apart are no longer one content handed out twice. */
export const SAME_CONTENT_MS = 300_000;
/** A content is judged in stretches of so long. */
export const STRETCH_MS = 600_000;
/** Of a content that goes to everybody so many stages of a stretch are read, the oldest: that it does is seen by them. */
export const STAGES_PER_CONTENT = 5_000;
/** Less is often equal by chance: "ok", "done". */
const MIN_BYTES = 64;

interface Delivery {
  message: Message;
  recipient: string;
  atMs: number;
  /** At least one, in order. */
  copies: [Copy, ...Copy[]];
}

/** Whether an event may carry content that counts. A size that is not told may be told by another stage. */
export function mayCarryContent({ stage, payloadHash, payloadBytes }: ObservedEvent): boolean {
  const outbound = stage === "emitted" || stage === "sent" || stage === "acked";
  return outbound && payloadHash !== null && (payloadBytes === null || payloadBytes >= MIN_BYTES);
}

/**
 * One occurrence for each message and recipient that had it after another user: `owner` is who had it last before,
 * `recipient` who has it now.
 *
 * @param events outbound events of every message of which a stage carries `hash`
 * @param intervals of the connections that they name
 */
export function sameContent(
  hash: string,
  events: readonly ObservedEvent[],
  intervals: readonly ConnectionInterval[],
): LeakOccurrence[] {
  const connections = indexConnections(intervals);
  const deliveries = joinMessages(inOrder(events), placesOf(connections))
    .filter((message) => scopeOf(message) === "user" && isLarge(message, hash))
    .flatMap((message) => {
      const { sends, acks } = reachOf(message, null, connections);
      return deliveriesOf(message, [...sends, ...acks], hash);
    })
    .sort((a, b) => a.atMs - b.atMs || (a.copies[0].event.id < b.copies[0].event.id ? -1 : 1));
  const found = new Map<string, LeakOccurrence>();
  for (const [i, delivery] of deliveries.entries()) {
    const before = lastElsewhere(deliveries, i);
    if (!before) continue;
    const occurrence = occurrenceOf(hash, before, delivery);
    if (!found.has(occurrence.key)) found.set(occurrence.key, occurrence);
  }
  return [...found.values()];
}

function isLarge({ events }: Message, hash: string): boolean {
  return events.some(({ payloadHash, payloadBytes }) => payloadHash === hash && (payloadBytes ?? 0) >= MIN_BYTES);
}

/** Where copies carry no content of their own, what was emitted was sent. */
function deliveriesOf(message: Message, copies: readonly Copy[], hash: string): Delivery[] {
  const emitted = message.emitted.some(({ payloadHash }) => payloadHash === hash);
  const carrying = copies.filter(
    ({ event: { payloadHash } }) => payloadHash === hash || (payloadHash === null && emitted),
  );
  return [...groupBy(carrying, ({ interval }) => interval).values()].flatMap((place) => {
    const [first, ...more] = place.toSorted((a, b) => a.event.timeMs - b.event.timeMs);
    if (!first || first.recipient === null || !first.certain) return [];
    return [
      { message, recipient: first.recipient, atMs: first.event.timeMs, copies: [first, ...more] as [Copy, ...Copy[]] },
    ];
  });
}

function lastElsewhere(deliveries: readonly Delivery[], i: number): Delivery | null {
  const now = deliveries[i];
  for (let j = i - 1; now && j >= 0; j--) {
    const before = deliveries[j];
    if (!before || now.atMs - before.atMs > SAME_CONTENT_MS) return null;
    if (before.recipient !== now.recipient && !areOne(before.message, now.message)) return before;
  }
  return null;
}

function areOne(a: Message, b: Message): boolean {
  return a === b || (a.messageId !== null && a.messageId === b.messageId && a.runId === b.runId);
}

function occurrenceOf(hash: string, before: Delivery, { message, recipient, atMs, copies }: Delivery): LeakOccurrence {
  const { event } = copies[0];
  const name = message.messageId ?? message.emission.event.id;
  return {
    key: ["same_content", hash, message.runId ?? "", name, recipient].join("|"),
    rule: "same_content",
    severity: LEAK_SEVERITIES.same_content,
    router: event.router ?? message.events.findLast((other) => other.router !== null)?.router ?? null,
    owner: before.recipient,
    recipient,
    messageId: message.messageId,
    messageType: message.type,
    runId: message.runId,
    connectionId: event.connectionId,
    version: event.version ?? message.emission.event.version,
    occurredAtMs: atMs,
    eventIds: [
      ...new Set([before.copies[0].event.id, message.emission.event.id, ...copies.map((copy) => copy.event.id)]),
    ],
  };
}
