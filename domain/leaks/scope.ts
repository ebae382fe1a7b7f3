/** Whom a message is meant for. A sender cannot widen what the emitter declared. */
import { isCritical } from "../journeys/message-kinds";
import type { Message } from "../journeys/messages";
import type { Scope } from "../telemetry/event";

/** The scope that counts. On a send alone it counts only for a non-critical type without a run. */
export function scopeOf(message: Message): Scope {
  const [emitted] = message.emitted;
  if (emitted) return emitted.scope;
  if (isCritical(message.type) || message.runId !== null) return "user";
  return message.sends[0]?.scope ?? "user";
}
