/** Every leak that the events of one journey prove, by each rule. */
import { distinct } from "../collections/group-by";
import type { Facts } from "../journeys/facts";
import type { LeakOccurrence } from "../journeys/types";
import type { ObservedEvent } from "../telemetry/event";
import { identityFromPayload, runCrossedUsers } from "./claim-leaks";
import { messageLeaks } from "./message-leaks";
import { wrongRecipient } from "./wrong-recipient";

export function journeyLeaks(facts: Facts): LeakOccurrence[] {
  const { owner, connections, policy, patience, context, events } = facts;
  const { threadParticipants, knownUsers } = context;
  const found: LeakOccurrence[] = [];
  const byMessage = {
    owner: owner.user,
    knownUsers,
    runThreads: runThreadsOf(facts),
    settled: ({ timeMs }: ObservedEvent) =>
      patience.after({ timeMs, clockOffsetMs: 0 }, policy.settleMs, false) === "due",
  };
  for (const reach of facts.reach.values()) {
    for (const leak of wrongRecipient(reach, { owner: owner.user, threadParticipants })) {
      // Ownership by a mere claim waits for the opening message before it counts.
      if (owner.proved || patience.after({ timeMs: leak.occurredAtMs, clockOffsetMs: 0 }, policy.settleMs) === "due") {
        found.push(leak);
      }
    }
    for (const leak of messageLeaks(reach, byMessage)) found.push(leak);
  }
  for (const leak of runCrossedUsers(events, owner.user, knownUsers)) found.push(leak);
  for (const leak of identityFromPayload(events, connections, knownUsers)) found.push(leak);
  return found;
}

function runThreadsOf({ requests, events }: Facts): ReadonlySet<string> | null {
  const asked = distinct(requests.flatMap(({ received }) => received.map((event) => event.threadId)));
  if (asked.length > 0) return new Set(asked);
  const first = events.find(({ runId, threadId }) => runId !== null && threadId !== null);
  return first ? new Set(distinct([first.threadId])) : null;
}
