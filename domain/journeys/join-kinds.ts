/**
 * Gives the events without id their messages, kind by kind. A stage that leaves a name out, as a client's
 * acknowledgement leaves out the agent, is a stage of whatever was emitted that it does not contradict.
 */
import { groupBy } from "../collections/group-by";
import type { ObservedEvent } from "../telemetry/event";
import { joinNameless, type PlaceOf } from "./join-nameless";
import { firstOf, type Parts } from "./message-parts";

interface Kind {
  /** What tells it from others. */
  like: ObservedEvent;
  named: Parts[];
  nameless: ObservedEvent[];
  /** Its messages, once they are joined. */
  messages: Parts[];
}

/** @param named messages with an id; `nameless` outbound events without one, in order */
export function joinKinds(named: readonly Parts[], nameless: readonly ObservedEvent[], placeOf: PlaceOf): Parts[] {
  if (nameless.length === 0) return [...named];
  const kinds = kindsOf(named, nameless);
  const emitted = kinds.filter((kind) => has(kind, "emitted"));
  const sent = kinds.filter((kind) => has(kind, "sent"));
  for (const kind of emitted) kind.messages = joinNameless(kind.named, kind.nameless, placeOf);

  const unsent = emitted.filter((kind) => !has(kind, "sent"));
  for (const kind of sent) if (!emitted.includes(kind)) joinTo(unsent, kind, placeOf);
  for (const kind of kinds) {
    if (emitted.includes(kind) || sent.includes(kind)) continue;
    joinTo(emitted.some((other) => mayBeOne(kind, other)) ? emitted : sent, kind, placeOf);
  }
  return kinds.flatMap(({ messages }) => messages);
}

/** Joins the stages of a kind of which nothing was emitted to the messages of those that it may be. */
function joinTo(others: readonly Kind[], kind: Kind, placeOf: PlaceOf): void {
  const known = new Set(others.filter((other) => mayBeOne(kind, other)).flatMap(({ messages }) => messages));
  const joined = joinNameless([...known, ...kind.named], kind.nameless, placeOf);
  kind.messages = joined.filter((parts) => !known.has(parts));
}

/** By name, so that the order in which things were told changes nothing. */
function kindsOf(named: readonly Parts[], nameless: readonly ObservedEvent[]): Kind[] {
  const likeOf = (parts: Parts) => parts.emitted[0] ?? firstOf(parts);
  const members = [
    ...named.flatMap((parts) => {
      const like = likeOf(parts);
      return like ? [{ like, parts, event: null }] : [];
    }),
    ...nameless.map((event) => ({ like: event, parts: null, event })),
  ];
  return [...groupBy(members, ({ like }) => nameOf(like))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, own]) => {
      const [first] = own;
      if (!first) return [];
      return {
        like: first.like,
        named: own.flatMap(({ parts }) => parts ?? []),
        nameless: own.flatMap(({ event }) => event ?? []),
        messages: [],
      };
    });
}

function nameOf({ runId, agentName, type, toolCallId, toolName }: ObservedEvent): string {
  return `${runId ?? ""}\u0000${agentName ?? ""}\u0000${type ?? ""}\u0000${toolCallId ?? toolName ?? ""}`;
}

function has({ named, nameless }: Kind, stage: "emitted" | "sent"): boolean {
  const ofStage = ({ emitted, sends, failedSends }: Parts) =>
    stage === "emitted" ? emitted.length > 0 : sends.length + failedSends.length > 0;
  return named.some(ofStage) || nameless.some((event) => event.stage === stage);
}

/** Whether neither names anything that the other names differently. */
function mayBeOne({ like: a }: Kind, { like: b }: Kind): boolean {
  const agree = (one: string | null, other: string | null) => one === null || other === null || one === other;
  if (a.runId !== b.runId || !agree(a.type, b.type)) return false;
  return agree(a.agentName, b.agentName) && agree(a.toolCallId, b.toolCallId) && agree(a.toolName, b.toolName);
}
