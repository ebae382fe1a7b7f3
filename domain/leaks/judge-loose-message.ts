/** A message that belongs to no journey still belongs to somebody: whom its emission, else its send, claims and who is known. */
import { indexConnections } from "../connections/connection-index";
import { wrongRecipient } from "./wrong-recipient";
import type { ObservedEvent } from "../telemetry/event";
import { inOrder } from "../telemetry/order";
import { reachOf } from "../journeys/copies";
import { joinMessages } from "../journeys/messages";
import type { JudgeContext, LeakOccurrence } from "../journeys/types";

export interface LooseVerdict {
  owner: string | null;
  occurrences: LeakOccurrence[];
}

export function judgeLooseMessage(events: readonly ObservedEvent[], context: JudgeContext): LooseVerdict {
  const outbound = inOrder(events).filter(
    (event) =>
      event.stage === "emitted" || event.stage === "sent" || event.stage === "acked" || event.stage === "dropped",
  );
  const connections = indexConnections(context.intervals);
  const claims = ["emitted", "sent"].flatMap((stage) =>
    outbound.flatMap((event) => (event.stage === stage && event.userId !== null ? [event.userId] : [])),
  );
  const owner = claims.find((claim) => context.knownUsers.has(claim)) ?? null;
  const occurrences = joinMessages(outbound).flatMap((message) =>
    wrongRecipient(reachOf(message, owner, connections), { owner, threadParticipants: context.threadParticipants }),
  );
  return { owner, occurrences };
}
