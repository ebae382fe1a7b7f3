/** Who takes part in a thread: whoever sent a message to it from a connection that proved who they are. */
import { indexConnections } from "@/domain/connections/connection-index";
import type { ConnectionInterval } from "@/domain/connections/interval";
import type { ObservedEvent } from "@/domain/telemetry/event";

/** thread id → users from whose authenticated connection a message of that thread was received. */
export function participantsOf(
  received: readonly ObservedEvent[],
  intervals: readonly ConnectionInterval[],
): Map<string, Set<string>> {
  const participants = new Map<string, Set<string>>();
  if (received.length === 0) return participants;
  const connections = indexConnections(intervals);
  for (const event of received) {
    const presence = connections.presenceOf(event);
    const user = presence.state === "open" ? presence.user : null;
    if (user === null || event.threadId === null) continue;
    const users = participants.get(event.threadId) ?? new Set<string>();
    users.add(user);
    participants.set(event.threadId, users);
  }
  return participants;
}
