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

export function createResolver(requests: readonly ObservedEvent[], connections: ConnectionIndex): RequestResolver {
  const nodeOf = (event: ObservedEvent) => `m:${event.instance ?? ""}/${event.connectionId ?? ""}:${requestId(event)}`;
  const scopeOf = (event: ObservedEvent) => {
    const presence = connections.presenceOf(event);
    return (presence.state === "open" ? presence.user : null) ?? event.userId;
  };
  const candidates = groupBy(
    requests.map((event): Candidate => ({ event, node: nodeOf(event), scope: scopeOf(event) })),
    ({ event }) => requestId(event),
  );
  const virtualKey = (event: ObservedEvent, messageId: string) =>
    `m:~${event.userId ?? event.threadId ?? ""}:${messageId}`;
  return {
    nodeOf,
    virtualKey,
    resolve(event, messageId) {
      const all = candidates.get(messageId) ?? [];
      if (all.length === 0) return virtualKey(event, messageId);
      const narrowings: ((candidate: Candidate) => boolean)[] = [
        ({ event: received }) => event.runId !== null && received.runId === event.runId,
        ({ event: received }) => event.connectionId !== null && received.connectionId === event.connectionId,
        ({ scope }) => event.userId !== null && scope === event.userId,
        () => true,
        ({ event: received }) => event.threadId !== null && received.threadId === event.threadId,
      ];
      for (const narrowing of narrowings) {
        const left = all.filter(narrowing);
        const [first] = left;
        if (first && distinct(left.map(({ scope, node }) => scope ?? node)).length === 1) return first.node;
      }
      return null;
    },
  };
}

/** Requests of one user under one message id are one message, on whatever connection they came. */
export function sameMessage(requests: readonly ObservedEvent[], connections: ConnectionIndex): [string, string][] {
  const resolver = createResolver([], connections);
  const known = requests.flatMap((event) => {
    const presence = connections.presenceOf(event);
    const user = (presence.state === "open" ? presence.user : null) ?? event.userId;
    return user === null || event.messageId === null
      ? []
      : [{ node: resolver.nodeOf(event), key: `${user}\u0000${event.messageId}` }];
  });
  return [...groupBy(known, ({ key }) => key).values()].flatMap(([first, ...others]) =>
    others.flatMap((other): [string, string][] => (first ? [[first.node, other.node]] : [])),
  );
}
