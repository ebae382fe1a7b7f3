/**
 * A message of one user that reached another, both known. Whom a message is for counts as declared by what emitted it:
 * a sender cannot widen it. A send and its acknowledgement on one connection are one occurrence.
 */
import type { Copy, Reach } from "../journeys/copies";
import { isCritical } from "../journeys/message-kinds";
import type { Message } from "../journeys/messages";
import type { LeakOccurrence } from "../journeys/types";
import { LEAK_SEVERITIES } from "./leak-rules";
import { occurrenceKey } from "./occurrence-key";
import { scopeOf } from "./scope";

export interface LeakContext {
  owner: string | null;
  threadParticipants: ReadonlyMap<string, ReadonlySet<string>>;
}

function isExempt(message: Message, recipient: string, { threadParticipants }: LeakContext): boolean {
  switch (scopeOf(message)) {
    case "user":
      return false;
    case "broadcast":
      return !isCritical(message.type) && message.runId === null;
    case "thread":
      return message.threadId !== null && (threadParticipants.get(message.threadId)?.has(recipient) ?? false);
  }
}

export function wrongRecipient({ message, sends, acks }: Reach, context: LeakContext): LeakOccurrence[] {
  const { owner } = context;
  if (owner === null) return [];
  const foreign = [...sends, ...acks].filter(
    (copy) => copy.recipient !== null && copy.recipient !== owner && !isExempt(message, copy.recipient, context),
  );
  const byPlace = new Map<string, Copy[]>();
  for (const copy of foreign) {
    const place = `${copy.interval}\u0000${copy.recipient}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), copy]);
  }
  return [...byPlace.values()].flatMap((copies) => {
    const [first] = copies;
    if (!first) return [];
    const { event } = first;
    const rule = copies.some(({ certain }) => certain) ? "wrong_recipient" : "binding_uncertain";
    return {
      key: occurrenceKey(rule, message, event, { owner, recipient: first.recipient }),
      rule,
      severity: LEAK_SEVERITIES[rule],
      router: event.router ?? message.events.findLast((other) => other.router !== null)?.router ?? null,
      owner,
      recipient: first.recipient,
      messageId: message.messageId,
      messageType: message.type,
      runId: message.runId,
      connectionId: event.connectionId,
      version: event.version ?? message.emission.event.version,
      occurredAtMs: event.timeMs,
      eventIds: [message.emission.event.id, ...copies.map((copy) => copy.event.id)].filter(
        (id, index, ids) => ids.indexOf(id) === index,
      ),
    };
  });
}
