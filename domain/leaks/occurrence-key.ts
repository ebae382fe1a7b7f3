import type { Message } from "../journeys/messages";
import type { ObservedEvent } from "../telemetry/event";
import type { LeakRule } from "./leak-rules";

/**
 * What an occurrence of one message on one connection is told by. Some systems number messages from one in every run,
 * so the run and the owner belong to it. The users stand last, where an erasure finds them.
 */
export function occurrenceKey(
  rule: LeakRule,
  message: Message,
  copy: ObservedEvent,
  { owner, recipient }: { owner: string | null; recipient: string | null },
): string {
  const place = [copy.instance, copy.connectionId];
  return [rule, message.runId, message.messageId ?? copy.id, ...place, owner, recipient].join("|");
}
