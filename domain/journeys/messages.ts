/**
 * Outbound messages of one journey, each with everything observed of it. Stages join by message id; where there is
 * none, the n-th of a kind joins the n-th of the same kind, sends and acks counted on each connection.
 */
import { groupBy } from "../collections/group-by";
import type { ObservedEvent } from "../telemetry/event";
import { byTime } from "../telemetry/order";
import { joinKinds } from "./join-kinds";
import type { PlaceOf } from "./join-nameless";
import { add, emptyParts, eventsOf, firstOf, type Parts, partsOf } from "./message-parts";

export interface Message extends Parts {
  messageId: string | null;
  type: string;
  runId: string | null;
  agentName: string | null;
  parentAgent: string | null;
  toolName: string | null;
  toolCallId: string | null;
  threadId: string | null;
  seq: number | null;
  /** All stages in order. */
  events: ObservedEvent[];
  /** When it was emitted: by its own event, else proved by the first later stage. `ok` is false if only errors were emitted. */
  emission: { atMs: number; ok: boolean; event: ObservedEvent; observed: boolean };
}

/** @param events outbound events of one journey (emitted, routed, sent, acked, dropped), in order */
export function joinMessages(events: readonly ObservedEvent[], placeOf: PlaceOf): Message[] {
  const named = splitById(events.filter((event) => event.messageId !== null));
  const nameless = events.filter((event) => event.messageId === null);
  return joinKinds(named, nameless, placeOf)
    .flatMap((parts) => finish(parts) ?? [])
    .sort((a, b) => a.emission.atMs - b.emission.atMs || byTime(a.emission.event, b.emission.event));
}

/**
 * Runs count their own messages, and some name every message of a run alike: one id in two runs, or emitted as two
 * types, is two messages. A stage that does not say which goes to the nearest before it.
 */
function splitById(events: readonly ObservedEvent[]): Parts[] {
  return [...groupBy(events, (event) => event.messageId).values()].flatMap((ofOneId) => {
    const byRun = groupBy(
      ofOneId.filter((event) => event.runId !== null),
      (event) => event.runId,
    );
    if (byRun.size === 0) return splitByType(ofOneId);
    const messages = [...byRun.values()].flatMap(splitByType);
    for (const event of ofOneId) if (event.runId === null) addToNearest(messages, event);
    return messages;
  });
}

function splitByType(events: readonly ObservedEvent[]): Parts[] {
  const emitted = groupBy(
    events.filter((event) => event.stage === "emitted"),
    (event) => event.type,
  );
  if (emitted.size < 2) return [partsOf(events)];
  const messages = [...emitted.values()].map(partsOf);
  for (const event of events) if (event.stage !== "emitted") addToNearest(messages, event);
  return messages;
}

function addToNearest(messages: readonly Parts[], event: ObservedEvent): void {
  const begun = messages.map((parts) => ({ parts, first: parts.emitted[0] ?? firstOf(parts) }));
  const sameType = begun.filter(({ first }) => event.type === null || first?.type === event.type);
  const candidates = sameType.length > 0 ? sameType : begun;
  const before = candidates.filter(({ first }) => first && byTime(first, event) <= 0);
  const latest = before.reduce<(typeof before)[number] | undefined>(
    (best, one) => (best?.first && one.first && byTime(one.first, best.first) < 0 ? best : one),
    undefined,
  );
  add((latest ?? candidates[0])?.parts ?? emptyParts(), event);
}

/** What an event says of its message. */
type Said =
  | "messageId"
  | "type"
  | "runId"
  | "agentName"
  | "parentAgent"
  | "toolName"
  | "toolCallId"
  | "threadId"
  | "seq";

function firstSaid<K extends Said>(events: readonly ObservedEvent[], field: K): ObservedEvent[K] | null {
  for (const event of events) if (event[field] !== null) return event[field];
  return null;
}

function finish(parts: Parts): Message | null {
  const events = eventsOf(parts);
  const [first] = events;
  if (!first) return null;
  const { emitted, routed, sends, failedSends, acks, drops } = parts;
  const said = <K extends Said>(field: K) => firstSaid(emitted, field) ?? firstSaid(events, field);
  const emission = emitted.find((event) => event.outcome === "ok") ?? emitted.at(-1);
  const proof = emission ?? events.find((event) => event.stage !== "routed") ?? first;
  return {
    emitted,
    routed,
    sends,
    failedSends,
    acks,
    drops,
    messageId: said("messageId"),
    type: said("type") ?? "",
    runId: said("runId"),
    agentName: said("agentName"),
    parentAgent: said("parentAgent"),
    toolName: said("toolName"),
    toolCallId: said("toolCallId"),
    threadId: said("threadId"),
    seq: said("seq"),
    events,
    emission: {
      atMs: proof.timeMs,
      ok: emission ? emission.outcome === "ok" : true,
      event: proof,
      observed: emission !== undefined,
    },
  };
}
