/** What a mark stands for: the ids whose events are read, and the locks held while they are judged. */
import { assertNever } from "@/domain/assert-never";
import { isCritical } from "@/domain/journeys/message-kinds";
import type { ObservedEvent } from "@/domain/telemetry/event";
import type { Lookup } from "@/server/storage/judging/load-events";
import type { Subject } from "@/server/storage/judging/marks";

/** One thing to judge again, and where its events are found. */
export interface Seed {
  subject: Subject;
  lookups: Lookup[];
}

export function lookupName(lookup: Lookup): string {
  return `${lookup.by}\u0000${lookup.environment}\u0000${lookup.id}`;
}

export function subjectName(subject: Subject): string {
  return `${subject.kind}\u0000${subject.environment}\u0000${subject.key}`;
}

/** The lock of an id. A message has one lock, in whichever way it is looked for. */
export function lockName(lookup: Lookup): string {
  const ofMessage = lookup.by === "reply" || lookup.by === "stray" || lookup.by === "outbound";
  return `${ofMessage ? "message" : lookup.by}\u0000${lookup.environment}\u0000${lookup.id}`;
}

/** Whether an event belongs to a message from a user, not to one of an agent's. */
export function isInbound({ stage, type }: ObservedEvent): boolean {
  return stage === "received" || (stage === "routed" && !isCritical(type));
}

function messageLookups(environment: string, id: string): Lookup[] {
  return [
    { by: "message", environment, id },
    { by: "reply", environment, id },
  ];
}

/**
 * The seed of a mark. `aliases` are the ids known of a judged journey: a journey without run is found by its message.
 * Marks of connections, stops, threads and contents are no seeds.
 */
export function seedOf(subject: Subject, aliases: readonly string[]): Seed | null {
  const { kind, environment, key } = subject;
  switch (kind) {
    case "run":
      return { subject, lookups: [{ by: "run", environment, id: key }] };
    case "message":
      return { subject, lookups: [...messageLookups(environment, key), { by: "stray", environment, id: key }] };
    case "event":
      return { subject, lookups: [{ by: "event", environment, id: key }] };
    case "journey": {
      if (key.startsWith("r:")) return { subject, lookups: [{ by: "run", environment, id: key.slice(2) }] };
      return {
        subject,
        lookups: aliases.flatMap((id) => [
          ...messageLookups(environment, id),
          { by: "event" as const, environment, id },
        ]),
      };
    }
    case "connection":
    case "ack":
    case "acks":
    case "fan_out":
    case "stop":
    case "thread":
    case "content":
      return null;
    default:
      return assertNever(kind);
  }
}

/** The ids by which a mark of this event would be judged: whoever judges the event holds their locks. */
export function anchorsOf(event: ObservedEvent): Lookup[] {
  const { environment, runId, messageId, inReplyTo, id } = event;
  const anchors: Lookup[] = [];
  if (runId !== null) anchors.push({ by: "run", environment, id: runId });
  else if (messageId !== null) anchors.push({ by: "message", environment, id: messageId });
  if (inReplyTo !== null) anchors.push({ by: "message", environment, id: inReplyTo });
  return anchors.length > 0 ? anchors : [{ by: "event", environment, id }];
}

/** Every way in which events of an anchor's id are found without knowing their run. */
export function waysTo(anchor: Lookup): Lookup[] {
  return anchor.by === "message" ? [anchor, { ...anchor, by: "reply" }, { ...anchor, by: "stray" }] : [anchor];
}

/** Where more events of the same journey may be found because of this one. */
export function lookupsOf(event: ObservedEvent): Lookup[] {
  const { environment, runId, messageId, inReplyTo } = event;
  const lookups: Lookup[] = [];
  if (runId !== null) lookups.push({ by: "run", environment, id: runId });
  if (messageId !== null) {
    if (isInbound(event)) lookups.push(...messageLookups(environment, messageId));
    else lookups.push({ by: "stray", environment, id: messageId });
    if (!isInbound(event) && runId === null) lookups.push({ by: "outbound", environment, id: messageId });
  }
  if (inReplyTo !== null) lookups.push(...messageLookups(environment, inReplyTo));
  return lookups;
}
