/**
 * A message that belongs to no journey still belongs to somebody: whom its emission, else its send, claims and who is
 * known. A claim is all there is, so it waits for an opening message that may still come.
 */
import { groupBy } from "../collections/group-by";
import { indexConnections } from "../connections/connection-index";
import { placesOf, reachOf } from "../journeys/copies";
import { joinMessages } from "../journeys/messages";
import { createPatience } from "../journeys/patience";
import type { JudgeContext, LeakOccurrence, Policy } from "../journeys/types";
import type { ObservedEvent } from "../telemetry/event";
import { inOrder } from "../telemetry/order";
import { identityFromPayload } from "./claim-leaks";
import { messageLeaks } from "./message-leaks";
import { wrongRecipient } from "./wrong-recipient";

export interface LooseVerdict {
  occurrences: LeakOccurrence[];
  /** The next moment at which this can change without a new event; null if none. */
  nextDeadlineMs: number | null;
}

const OUTBOUND = new Set(["emitted", "sent", "acked", "dropped"]);

/** Events of one message id without a run; the same id of two known users is two messages. */
export function judgeLooseMessage(
  events: readonly ObservedEvent[],
  context: JudgeContext,
  policy: Policy,
  nowMs: number,
): LooseVerdict {
  const outbound = inOrder(events).filter((event) => OUTBOUND.has(event.stage));
  const connections = indexConnections(context.intervals);
  const patience = createPatience(nowMs, []);
  const settled = ({ timeMs }: { timeMs: number }) =>
    patience.after({ timeMs, clockOffsetMs: 0 }, policy.settleMs) === "due";
  const occurrences = [...byClaim(outbound, context.knownUsers)].flatMap(([owner, own]) =>
    joinMessages(own, placesOf(connections)).flatMap((message) => {
      const reach = reachOf(message, owner, connections);
      const { knownUsers, threadParticipants } = context;
      return [
        ...wrongRecipient(reach, { owner, threadParticipants }),
        ...messageLeaks(reach, { owner, knownUsers, runThreads: null, settled }),
      ];
    }),
  );
  return {
    occurrences: [
      // A token was planted for somebody, whoever the message belongs to.
      ...occurrences.filter(({ rule, occurredAtMs }) => rule === "canary_seen" || settled({ timeMs: occurredAtMs })),
      ...identityFromPayload(inOrder(events), connections, context.knownUsers),
    ],
    nextDeadlineMs: patience.nextDeadlineMs,
  };
}

/** What each known user emitted; without an emission what was sent for them. The rest follows the claim before it. */
function byClaim(events: readonly ObservedEvent[], known: ReadonlySet<string>): Map<string | null, ObservedEvent[]> {
  const claimOf = (event: ObservedEvent) => (event.userId !== null && known.has(event.userId) ? event.userId : null);
  const emitters = new Set(
    events.filter((event) => event.stage === "emitted").flatMap((event) => claimOf(event) ?? []),
  );
  const senders = new Set(events.filter((event) => event.stage === "sent").flatMap((event) => claimOf(event) ?? []));
  const owners = emitters.size > 0 ? emitters : senders;
  const [firstOwner = null] = owners;
  let current = firstOwner;
  return groupBy(events, (event) => {
    const claim = claimOf(event);
    if (claim !== null && owners.has(claim)) current = claim;
    return current;
  });
}
