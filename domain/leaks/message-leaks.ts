/**
 * What is wrong with where one outbound message went, beside reaching another user: whose canary tokens and
 * whose name its payload holds, who was on the connection, and which thread. A send and its acknowledgement on one connection are one occurrence.
 */
import { groupBy } from "../collections/group-by";
import type { Copy, Reach } from "../journeys/copies";
import { isCritical } from "../journeys/message-kinds";
import type { Message } from "../journeys/messages";
import type { LeakOccurrence } from "../journeys/types";
import type { ObservedEvent } from "../telemetry/event";
import { LEAK_SEVERITIES, type LeakRule } from "./leak-rules";
import { occurrenceKey } from "./occurrence-key";
import { scopeOf } from "./scope";

export interface MessageLeakContext {
  owner: string | null;
  knownUsers: ReadonlySet<string>;
  /** Threads of the run's requests, else the first that its events name; null where nothing names one. */
  runThreads: ReadonlySet<string> | null;
  /** Whether enough time has passed for other telemetry to disprove what an event alone seems to prove. */
  settled(event: ObservedEvent): boolean;
}

/** A send to a connection that closed this long before is no mere race. */
const CLOSED_BEFORE_MS = 1_000;

export function messageLeaks(reach: Reach, context: MessageLeakContext): LeakOccurrence[] {
  return [
    ...canarySeen(reach),
    ...foreignRecipients(reach, context),
    ...unauthenticated(reach, context),
    ...sentAfterClose(reach, context),
    ...wrongThread(reach, context),
    ...unscopedEmit(reach, context),
  ];
}

/**
 * What was sent, or what was emitted where the send brings no payload of its own, holds a token that was planted for
 * somebody else. No scope allows that. A hash alone says nothing of tokens.
 */
function canarySeen(reach: Reach): LeakOccurrence[] {
  const { message } = reach;
  if (message.events.every(({ canaryUsers }) => canaryUsers.length === 0)) return [];
  const emitted = message.emitted.flatMap((event) => event.canaryUsers);
  const certain = copiesOf(reach).filter((copy) => copy.certain && copy.recipient !== null);
  const byReader = groupBy(certain, ({ interval, recipient }) => `${interval}\u0000${recipient}`);
  return [...byReader.values()].flatMap((copies) => {
    const recipient = copies[0]?.recipient ?? null;
    const own = copies.filter(({ event }) => event.payloadHashKind === "server");
    const held = own.length > 0 ? own.flatMap(({ event }) => event.canaryUsers) : emitted;
    return [...new Set(held)].flatMap((owner) =>
      owner === recipient ? [] : occurrence("canary_seen", message, copies, { owner, recipient }),
    );
  });
}

/** A routing field of what was sent, or of what was emitted where the send carries no payload, names another known user. */
function foreignRecipients(reach: Reach, { knownUsers }: MessageLeakContext): LeakOccurrence[] {
  const { message } = reach;
  if (message.events.every(({ routingIds }) => routingIds.length === 0) || scopeOf(message) !== "user") return [];
  const emitted = message.emitted.flatMap((event) => event.routingIds);
  return places(copiesOf(reach)).flatMap((copies) => {
    const recipient = copies[0]?.recipient ?? null;
    if (recipient === null) return [];
    const carried = copies.flatMap(({ event }) => event.routingIds);
    const hasPayload = copies.some(({ event }) => event.payloadHash !== null);
    const named = (hasPayload || carried.length > 0 ? carried : emitted).filter(
      (id) => id !== recipient && knownUsers.has(id),
    );
    return [...new Set(named)].flatMap((user) =>
      occurrence("foreign_recipient_in_payload", message, copies, { owner: user, recipient }),
    );
  });
}

/** Known to be open, and nobody ever authenticated on it. */
function unauthenticated(reach: Reach, { owner, settled }: MessageLeakContext): LeakOccurrence[] {
  const { message } = reach;
  const nameless = copiesOf(reach).filter(({ presence }) => presence.state === "open" && presence.user === null);
  if (nameless.length === 0) return [];
  if (scopeOf(message) === "broadcast" && !isCritical(message.type) && message.runId === null) return [];
  return places(nameless.filter(({ event }) => settled(event))).flatMap((copies) =>
    occurrence("sent_to_unauthenticated", message, copies, { owner, recipient: null }),
  );
}

function sentAfterClose({ message, sends }: Reach, { owner }: MessageLeakContext): LeakOccurrence[] {
  const late = sends.filter(({ event, presence }) => {
    if (event.connectionId === null || presence.state !== "closed") return false;
    const closedAtMs = presence.interval?.closedAtMs ?? null;
    return closedAtMs !== null && event.timeMs - closedAtMs > CLOSED_BEFORE_MS;
  });
  return places(late).flatMap((copies) => occurrence("sent_after_close", message, copies, { owner, recipient: null }));
}

/** The right user, in another thread than the run's. */
function wrongThread(reach: Reach, { owner, runThreads }: MessageLeakContext): LeakOccurrence[] {
  const { message } = reach;
  if (owner === null || runThreads === null || message.runId === null) return [];
  const strayed = copiesOf(reach).filter(({ event, recipient }) => {
    const thread = event.threadId ?? message.threadId;
    return recipient === owner && thread !== null && !runThreads.has(thread);
  });
  return places(strayed).flatMap((copies) => occurrence("wrong_thread", message, copies, { owner, recipient: owner }));
}

/** A critical message that says nothing of whom it is for, in none of its stages. */
function unscopedEmit({ message }: Reach, { settled }: MessageLeakContext): LeakOccurrence[] {
  const emitted = message.emitted.find((event) => event.outcome === "ok");
  if (!emitted || !isCritical(emitted.type) || emitted.scope === "broadcast" || !settled(emitted)) return [];
  const named = message.events.some(
    ({ userId, runId, threadId }) => userId !== null || runId !== null || threadId !== null,
  );
  if (named) return [];
  return [
    {
      ...said("unscoped_emit", message, emitted),
      key: `unscoped_emit|${message.messageId ?? emitted.id}`,
      owner: null,
      recipient: null,
      connectionId: null,
      eventIds: [emitted.id],
    },
  ];
}

const copiesOf = ({ sends, acks }: Reach): Copy[] => [...sends, ...acks];

/** Copies by the connection they went to. */
function places(copies: readonly Copy[]): Copy[][] {
  return copies.length === 0 ? [] : [...groupBy(copies, ({ interval }) => interval).values()];
}

function said(rule: LeakRule, message: Message, event: ObservedEvent) {
  return {
    rule,
    severity: LEAK_SEVERITIES[rule],
    router: event.router ?? message.events.findLast((other) => other.router !== null)?.router ?? null,
    messageId: message.messageId,
    messageType: message.type,
    runId: message.runId,
    version: event.version ?? message.emission.event.version,
    occurredAtMs: event.timeMs,
  };
}

function occurrence(
  rule: LeakRule,
  message: Message,
  copies: readonly Copy[],
  { owner, recipient }: { owner: string | null; recipient: string | null },
): LeakOccurrence[] {
  const [first] = copies;
  if (!first) return [];
  const { event } = first;
  return [
    {
      ...said(rule, message, event),
      key: occurrenceKey(rule, message, event, { owner, recipient }),
      owner,
      recipient,
      connectionId: event.connectionId,
      eventIds: [...new Set([message.emission.event.id, ...copies.map((copy) => copy.event.id)])],
    },
  ];
}
