/**
 * Joins stages that carry no message id, within one kind of message: the n-th of a stage belongs to the n-th message
 * that lacks that stage; sends and acks are counted on each connection interval.
 */
import { groupBy } from "../collections/group-by";
import type { ObservedEvent } from "../telemetry/event";
import { byTime } from "../telemetry/order";
import { add, firstOf, type Parts, partsOf } from "./message-parts";

/** Where a copy went: the connection interval, and when it opened. */
export interface Place {
  name: string;
  openedAtMs: number;
}
export type PlaceOf = (event: ObservedEvent) => Place;

/**
 * @param named messages of this kind that have an id; they may lack stages
 * @param nameless events of this kind without an id, in order
 */
export function joinNameless(named: readonly Parts[], nameless: readonly ObservedEvent[], placeOf: PlaceOf): Parts[] {
  if (nameless.length === 0) return [...named];
  const of = (stage: ObservedEvent["stage"], isOk = true) =>
    nameless.filter((event) => event.stage === stage && (event.outcome === "ok") === isOk);
  const messages = inOrder(named);
  const create = (event: ObservedEvent) => messages.push(partsOf([event]));

  const emitted = nameless.filter((event) => event.stage === "emitted");
  nth(
    emitted,
    messages.filter((parts) => parts.emitted.length === 0),
    create,
  );
  const emissions = inOrder(messages);
  joinCopies(
    of("sent"),
    emissions.filter((parts) => parts.sends.length === 0),
    emissions,
    messages,
    placeOf,
  );

  const begun = inOrder(messages);
  for (const event of of("sent", false)) {
    const target = begun.find((parts) => parts.sends.length === 0) ?? begun.at(-1);
    if (target) add(target, event);
    else create(event);
  }
  joinAcks(of("acked"), inOrder(messages), messages, placeOf);
  const known = inOrder(messages);
  for (const event of nameless.filter(({ stage }) => stage === "dropped")) {
    const lacking = known.filter((parts) => parts.drops.length === 0);
    // What had been sent already is not what was given up.
    const target = lacking.find((parts) => parts.sends.every((send) => send.timeMs >= event.timeMs)) ?? lacking[0];
    if (target) add(target, event);
    else create(event);
  }
  const routed = nameless.filter((event) => event.stage === "routed");
  nth(
    routed,
    inOrder(messages).filter((parts) => parts.routed.length === 0),
    create,
  );
  return messages;
}

function inOrder(messages: readonly Parts[]): Parts[] {
  return messages
    .map((parts) => ({ parts, first: firstOf(parts) }))
    .sort((a, b) => (a.first && b.first ? byTime(a.first, b.first) : 0))
    .map(({ parts }) => parts);
}

function nth(
  events: readonly ObservedEvent[],
  targets: readonly Parts[],
  surplus: (event: ObservedEvent) => void,
): void {
  events.forEach((event, n) => {
    const target = targets[n];
    if (target) add(target, event);
    else surplus(event);
  });
}

function joinCopies(
  sends: readonly ObservedEvent[],
  lacking: readonly Parts[],
  emissions: readonly Parts[],
  messages: Parts[],
  placeOf: PlaceOf,
): void {
  const last = emissions.at(-1);
  const made: Parts[] = [];
  const openedAt = (events: readonly ObservedEvent[]) => (events[0] ? placeOf(events[0]).openedAtMs : 0);
  const places = [...groupBy(sends, (event) => placeOf(event).name).values()].sort((a, b) => openedAt(a) - openedAt(b));
  for (const onOne of places) {
    // What had been delivered before this connection opened is not delivered again on it.
    const owed = [...lacking, ...made].filter((parts) => !parts.sends.some((send) => send.timeMs < openedAt(onOne)));
    nth(onOne, owed, (event) => {
      // More sends than emissions are duplicates; without any emission each proves one of its own.
      if (last) add(last, event);
      else {
        const parts = partsOf([event]);
        made.push(parts);
        messages.push(parts);
      }
    });
  }
}

function joinAcks(acks: readonly ObservedEvent[], known: readonly Parts[], messages: Parts[], placeOf: PlaceOf): void {
  const made: Parts[] = [];
  for (const [name, onOne] of groupBy(acks, (event) => placeOf(event).name)) {
    // An ack proves a send here that nobody reported, but not one of a message that went elsewhere.
    const owed = known.filter(
      (parts) =>
        !parts.acks.some((ack) => ack.messageId !== null) &&
        (parts.sends.length === 0 || parts.sends.some((send) => placeOf(send).name === name)),
    );
    nth(onOne, [...owed, ...made], (event) => {
      // Told again, an ack acknowledges the same message.
      const last = owed.at(-1) ?? known.at(-1);
      if (last) add(last, event);
      else {
        const parts = partsOf([event]);
        made.push(parts);
        messages.push(parts);
      }
    });
  }
}
