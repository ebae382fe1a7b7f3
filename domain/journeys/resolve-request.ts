/**
 * Which received request an event means when it names an inbound message id. Message ids are unique per user at best,
 * so "1" of two users must not join; who the user is, the connections say.
 */

import { distinct, groupBy } from "../collections/group-by";
import type { ConnectionIndex } from "../connections/connection-index";
import type { ObservedEvent } from "../telemetry/event";

export interface RequestResolver {
  /** Node of a received request. */
  nodeOf(received: ObservedEvent): string;
  /** Node of the request that `event` names, or null where it cannot be told which of several it is. */
  resolve(event: ObservedEvent, messageId: string): string | null;
  /** Key a reference would have if its request was never seen: made from the event alone. */
  virtualKey(event: ObservedEvent, messageId: string): string;
}

interface Candidate {
  event: ObservedEvent;
  node: string;
  scope: string | null;
}

/** The id that stands for a received request: its message id, else the event's own. */
export function requestId(received: ObservedEvent): string {
  return received.messageId ?? received.id;
}

/**
 * @param received requests as they were read from connections
 * @param routed inbound `routed` events of requests: each stands in for its `received` where that was never reported
 */
export function createResolver(
  received: readonly ObservedEvent[],
  routed: readonly ObservedEvent[],
  connections: ConnectionIndex,
  knownUsers: ReadonlySet<string>,
): RequestResolver {
  const candidates = groupBy(
    received.map((event): Candidate => ({ event, node: nodeOf(event), scope: senderOf(event, connections) })),
    ({ event }) => requestId(event),
  );
  const resolve = (event: ObservedEvent, messageId: string): string | null => {
    const all = candidates.get(messageId) ?? [];
    if (all.length === 0) return virtualKey(event, messageId);
    const pick = (fits: (candidate: Candidate) => boolean): string | null => {
      const left = all.filter(fits);
      const places = distinct(left.map(({ scope, node }) => scope ?? node));
      return places.length === 1 ? (left[0]?.node ?? null) : null;
    };
    const sameRun = pick((candidate) => event.runId !== null && candidate.event.runId === event.runId);
    const sameConnection = () =>
      pick((candidate) => event.connectionId !== null && candidate.event.connectionId === event.connectionId);
    const sameUser = () => pick(({ scope }) => event.userId !== null && scope === event.userId);
    const sameThread = () =>
      pick((candidate) => event.threadId !== null && candidate.event.threadId === event.threadId);
    const found = sameRun ?? sameConnection() ?? sameUser();
    if (found !== null) return found;
    // Somebody known who sent no such message means a message of their own that was not reported, unless the thread says otherwise.
    if (event.userId !== null && knownUsers.has(event.userId)) return sameThread() ?? virtualKey(event, messageId);
    return pick(() => true) ?? sameThread();
  };
  const standIns = routed.flatMap((event): Candidate[] => {
    const { messageId } = event;
    if (messageId === null || resolve(event, messageId) !== virtualKey(event, messageId)) return [];
    return [{ event, node: virtualKey(event, messageId), scope: event.userId }];
  });
  for (const candidate of standIns) {
    const messageId = requestId(candidate.event);
    candidates.set(messageId, [...(candidates.get(messageId) ?? []), candidate]);
  }
  return { nodeOf, resolve, virtualKey };
}

function nodeOf(received: ObservedEvent): string {
  return `m:${received.instance ?? ""}/${received.connectionId ?? ""}:${requestId(received)}`;
}

function virtualKey(event: ObservedEvent, messageId: string): string {
  return `m:~${event.userId ?? event.threadId ?? ""}:${messageId}`;
}

/** Who sent a request: the user on its connection, else its claim. */
function senderOf(received: ObservedEvent, connections: ConnectionIndex): string | null {
  const presence = connections.presenceOf(received);
  return (presence.state === "open" ? presence.user : null) ?? received.userId;
}

/** Requests of one user under one message id are one message, on whatever connection they came. */
export function sameMessage(requests: readonly ObservedEvent[], connections: ConnectionIndex): [string, string][] {
  const known = requests.flatMap((event) => {
    const sender = senderOf(event, connections);
    return sender === null || event.messageId === null
      ? []
      : [{ node: nodeOf(event), key: `${sender}\u0000${event.messageId}` }];
  });
  return [...groupBy(known, ({ key }) => key).values()].flatMap(([first, ...others]) =>
    others.flatMap((other): [string, string][] => (first ? [[first.node, other.node]] : [])),
  );
}
