/**
 * Outbound messages of one journey, each with everything observed of it. Stages join by message id; where there is
 * none, the n-th of a kind joins the n-th of the same kind, sends and acks counted on each connection.
 */
import { groupBy } from "../collections/group-by";
import { OPEN_GRACE_MS } from "../connections/connection-index";
import type { ObservedEvent } from "../telemetry/event";
import { byTime } from "../telemetry/order";

export interface Message {
  messageId: string | null;
  type: string;
  runId: string | null;
  agentName: string | null;
  parentAgent: string | null;
  toolName: string | null;
  toolCallId: string | null;
  threadId: string | null;
  seq: number | null;
  emitted: ObservedEvent[];
  routed: ObservedEvent[];
  /** Handed over with success. */
  sends: ObservedEvent[];
  failedSends: ObservedEvent[];
  acks: ObservedEvent[];
  drops: ObservedEvent[];
  /** All of the above in order. */
  events: ObservedEvent[];
  /** When it was emitted: by its own event, else proved by the first later stage. `ok` is false if only errors were emitted. */
  emission: { atMs: number; ok: boolean; event: ObservedEvent; observed: boolean };
}

/** Where a copy went: the connection interval, and when it opened. */
export interface Place {
  name: string;
  openedAtMs: number;
}
export type PlaceOf = (event: ObservedEvent) => Place;

type Parts = Pick<Message, "emitted" | "routed" | "sends" | "failedSends" | "acks" | "drops">;

const emptyParts = (): Parts => ({ emitted: [], routed: [], sends: [], failedSends: [], acks: [], drops: [] });

function add(parts: Parts, event: ObservedEvent): void {
  switch (event.stage) {
    case "emitted":
      parts.emitted.push(event);
      return;
    case "routed":
      parts.routed.push(event);
      return;
    case "sent":
      (event.outcome === "ok" ? parts.sends : parts.failedSends).push(event);
      return;
    case "acked":
      parts.acks.push(event);
      return;
    case "dropped":
      parts.drops.push(event);
      return;
    default:
  }
}

const all = (parts: Parts) =>
  [...parts.emitted, ...parts.routed, ...parts.sends, ...parts.failedSends, ...parts.acks, ...parts.drops].sort(byTime);

function kindOf(event: ObservedEvent): string {
  return [event.runId, event.agentName, event.type, event.toolCallId ?? event.toolName]
    .map((part) => part ?? "")
    .join("\u0000");
}

/** Joins without ids, within one kind: each list in order. */
function joinNameless(named: readonly Parts[], nameless: readonly ObservedEvent[], placeOf: PlaceOf): Parts[] {
  if (nameless.length === 0) return [...named];
  const messages = [...named];
  const firstOf = (parts: Parts) => all(parts)[0];
  const emittedAt = (parts: Parts) => firstOf(parts)?.timeMs ?? 0;
  const openedAt = (events: readonly ObservedEvent[]) => (events[0] ? placeOf(events[0]).openedAtMs : 0);
  const sorted = () => {
    const firsts = new Map(messages.map((parts) => [parts, firstOf(parts)]));
    return messages.sort((a, b) => {
      const [first, second] = [firsts.get(a), firsts.get(b)];
      return first && second ? byTime(first, second) : 0;
    });
  };
  const fill = (events: readonly ObservedEvent[], lacking: readonly Parts[], extra: (event: ObservedEvent) => void) => {
    events.forEach((event, n) => {
      const target = lacking[n];
      if (target) add(target, event);
      else extra(event);
    });
  };
  const create = (event: ObservedEvent) => {
    const parts = emptyParts();
    add(parts, event);
    messages.push(parts);
  };
  const of = (stage: ObservedEvent["stage"]) => nameless.filter((event) => event.stage === stage);

  fill(
    of("emitted"),
    sorted().filter((parts) => parts.emitted.length === 0),
    create,
  );

  const sends = of("sent").filter((event) => event.outcome === "ok");
  if (sends.length > 0) {
    const emissions = sorted().filter((parts) => parts.emitted.length > 0).length;
    const lacking = messages.filter((parts) => parts.sends.length === 0);
    const made: Parts[] = [];
    const places = [...groupBy(sends, (event) => placeOf(event).name).values()].sort(
      (a, b) => openedAt(a) - openedAt(b),
    );
    for (const onOne of places) {
      // What had been delivered before this connection opened is not delivered again on it.
      const owed = [...lacking, ...made].filter(
        (parts) =>
          emittedAt(parts) >= openedAt(onOne) - OPEN_GRACE_MS ||
          !parts.sends.some((send) => send.timeMs < openedAt(onOne)),
      );
      fill(onOne, owed, (event) => {
        const last = messages.at(-1);
        // More sends than emissions are duplicates; without any emission each proves one of its own.
        if (emissions > 0 && last) {
          add(last, event);
          return;
        }
        const parts = emptyParts();
        add(parts, event);
        made.push(parts);
        messages.push(parts);
      });
    }
  }
  for (const event of of("sent")) {
    if (event.outcome === "ok") continue;
    const candidates = sorted();
    const target = candidates.find((parts) => parts.sends.length === 0) ?? candidates.at(-1);
    if (target) add(target, event);
    else create(event);
  }
  const unacked = sorted().filter((parts) => parts.acks.length === 0);
  for (const [name, onOne] of groupBy(of("acked"), (event) => placeOf(event).name)) {
    const sentHere = unacked.filter((parts) => parts.sends.some((send) => placeOf(send).name === name));
    fill(onOne, sentHere.length > 0 ? sentHere : unacked, create);
  }
  for (const event of of("dropped")) {
    const lacking = sorted().filter((parts) => parts.drops.length === 0);
    // What had been sent already is not what was given up.
    const target = lacking.find((parts) => parts.sends.every((send) => send.timeMs >= event.timeMs)) ?? lacking[0];
    if (target) add(target, event);
    else create(event);
  }
  fill(
    of("routed"),
    sorted().filter((parts) => parts.routed.length === 0),
    create,
  );
  return sorted();
}

function finish(parts: Parts): Message | null {
  const events = all(parts);
  const [first] = events;
  if (!first) return null;
  const pick = <T>(read: (event: ObservedEvent) => T | null): T | null => {
    for (const event of [...parts.emitted, ...events]) {
      const value = read(event);
      if (value !== null) return value;
    }
    return null;
  };
  const emitted = parts.emitted.find((event) => event.outcome === "ok") ?? parts.emitted.at(-1);
  const proof = emitted ?? events.find((event) => event.stage !== "routed") ?? first;
  return {
    ...parts,
    messageId: pick((event) => event.messageId),
    type: pick((event) => event.type) ?? "",
    runId: pick((event) => event.runId),
    agentName: pick((event) => event.agentName),
    parentAgent: pick((event) => event.parentAgent),
    toolName: pick((event) => event.toolName),
    toolCallId: pick((event) => event.toolCallId),
    threadId: pick((event) => event.threadId),
    seq: pick((event) => event.seq),
    events,
    emission: {
      atMs: proof.timeMs,
      ok: emitted ? emitted.outcome === "ok" : true,
      event: proof,
      observed: emitted !== undefined,
    },
  };
}

const runAndType = (event: ObservedEvent) => `${event.runId ?? ""}\u0000${event.type ?? ""}`;

/**
 * Runs count their own messages, and some name every message of a run alike: an id that was emitted in two runs or as
 * two types is two messages. A stage that does not say which goes to the nearest before it.
 */
function splitById(events: readonly ObservedEvent[]): Parts[] {
  return [...groupBy(events, (event) => event.messageId).values()].flatMap((ofOneId) => {
    const emitted = ofOneId.filter((event) => event.stage === "emitted");
    const told = emitted.length > 0 ? emitted : ofOneId.filter((event) => event.runId !== null);
    const kinds = groupBy(told, emitted.length > 0 ? runAndType : (event) => event.runId);
    const messages = [...kinds.values()].map((own) => {
      const parts = emptyParts();
      for (const event of own) add(parts, event);
      return { begun: own[0], parts };
    });
    if (messages.length === 0) messages.push({ begun: undefined, parts: emptyParts() });
    const known = new Set(told);
    for (const event of ofOneId) {
      if (known.has(event)) continue;
      const sameType = messages.filter(({ begun }) => event.type === null || begun?.type === event.type);
      const sameRun = sameType.filter(({ begun }) => event.runId === null || begun?.runId === event.runId);
      const candidates = [sameRun, sameType].find((list) => list.length > 0) ?? messages;
      const nearest = candidates.findLast(({ begun }) => begun && byTime(begun, event) <= 0) ?? candidates[0];
      if (nearest) add(nearest.parts, event);
    }
    return messages.map(({ parts }) => parts);
  });
}

/** @param events outbound events of one journey (emitted, routed, sent, acked, dropped), in order */
export function joinMessages(events: readonly ObservedEvent[], placeOf: PlaceOf): Message[] {
  const namelessByKind = groupBy(
    events.filter((event) => event.messageId === null),
    kindOf,
  );
  const named = splitById(events.filter((event) => event.messageId !== null));
  const namedByKind = groupBy(named, (parts) => {
    const [first] = parts.emitted.length > 0 ? parts.emitted : all(parts);
    return first ? kindOf(first) : "";
  });
  const joined: Parts[] = [];
  for (const [kind, messages] of namedByKind) {
    joined.push(...joinNameless(messages, namelessByKind.get(kind) ?? [], placeOf));
    namelessByKind.delete(kind);
  }
  for (const ofOneKind of namelessByKind.values()) joined.push(...joinNameless([], ofOneKind, placeOf));
  return joined
    .flatMap((parts) => finish(parts) ?? [])
    .sort((a, b) => a.emission.atMs - b.emission.atMs || byTime(a.emission.event, b.emission.event));
}
