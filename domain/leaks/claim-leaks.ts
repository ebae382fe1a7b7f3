/** Claims that contradict each other or the connection they came by. A claim counts only for a user known from a connection. */
import { groupBy } from "../collections/group-by";
import type { ConnectionIndex } from "../connections/connection-index";
import type { LeakOccurrence } from "../journeys/types";
import type { ObservedEvent } from "../telemetry/event";
import { LEAK_SEVERITIES } from "./leak-rules";

/** User-scoped events of one run claim different users: one occurrence for each user beside the owner. `events` in order. */
export function runCrossedUsers(
  events: readonly ObservedEvent[],
  owner: string | null,
  knownUsers: ReadonlySet<string>,
): LeakOccurrence[] {
  const claims = events.filter(
    ({ runId, userId, scope }) => runId !== null && userId !== null && scope === "user" && knownUsers.has(userId),
  );
  return [...groupBy(claims, ({ runId }) => runId)].flatMap(([runId, ofRun]) => {
    const byUser = groupBy(ofRun, ({ userId }) => userId);
    if (byUser.size < 2) return [];
    const first = owner !== null && byUser.has(owner) ? owner : (ofRun[0]?.userId ?? null);
    return [...byUser].flatMap(([user, [event]]) => {
      if (user === first || !event) return [];
      return {
        key: `run_crossed_users|${runId}|${user}`,
        rule: "run_crossed_users" as const,
        severity: LEAK_SEVERITIES.run_crossed_users,
        router: event.router ?? lastRouter(events, event),
        owner: first,
        recipient: user,
        messageId: event.messageId,
        messageType: event.type,
        runId,
        connectionId: event.connectionId,
        version: event.version,
        occurredAtMs: event.timeMs,
        eventIds: [...new Set([byUser.get(first)?.[0]?.id, event.id])].filter((id) => id !== undefined),
      };
    });
  });
}

/** A message from a user claims another user than its connection's. */
export function identityFromPayload(
  events: readonly ObservedEvent[],
  connections: ConnectionIndex,
  knownUsers: ReadonlySet<string>,
): LeakOccurrence[] {
  return events.flatMap((event) => {
    const { stage, scope, userId } = event;
    if (stage !== "received" || scope !== "user" || userId === null || !knownUsers.has(userId)) return [];
    const presence = connections.presenceOf(event);
    const sender = presence.state === "open" ? presence.user : null;
    if (sender === null || sender === userId) return [];
    return {
      key: [
        "identity_from_payload",
        event.messageId ?? event.id,
        event.instance ?? "",
        event.connectionId,
        userId,
      ].join("|"),
      rule: "identity_from_payload" as const,
      severity: LEAK_SEVERITIES.identity_from_payload,
      router: event.router ?? routerOf(events, event.messageId),
      owner: userId,
      recipient: sender,
      messageId: event.messageId,
      messageType: event.type,
      runId: event.runId,
      connectionId: event.connectionId,
      version: event.version,
      occurredAtMs: event.timeMs,
      eventIds: [event.id],
    };
  });
}

/** The last router that had anything to do with the journey when `event` happened; else the first one after it. */
function lastRouter(events: readonly ObservedEvent[], event: ObservedEvent): string | null {
  const routed = events.filter(({ router }) => router !== null);
  return (routed.findLast(({ timeMs }) => timeMs <= event.timeMs) ?? routed[0])?.router ?? null;
}

function routerOf(events: readonly ObservedEvent[], messageId: string | null): string | null {
  if (messageId === null) return null;
  return events.find((event) => event.messageId === messageId && event.router !== null)?.router ?? null;
}
