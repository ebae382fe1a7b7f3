/** Which messages are requests, which are agent events, and which step each belongs to. */
import { CRITICAL_TYPES, type ObservedEvent } from "../telemetry/event";
import { canonicalType } from "../telemetry/type-aliases";
import type { Policy, Step } from "./types";

export const STOP_TYPE = "stop_agent";
export const CANCELLED_TYPE = "agent_cancelled";

const OUTBOUND_STAGES = new Set(["emitted", "sent", "acked", "dropped"]);
const CRITICAL = new Set<string>(CRITICAL_TYPES);

export function isCritical(type: string | null): boolean {
  return type !== null && CRITICAL.has(type);
}

export function isRequest(event: ObservedEvent, policy: Policy): boolean {
  return (event.stage === "received" || event.stage === "routed") && policy.requestTypes.includes(event.type ?? "");
}

/** A request that was given up before it reached an agent. Another name of a request type counts where an id says which. */
export function isDropOfRequest({ stage, type, messageId }: ObservedEvent, policy: Policy): boolean {
  if (stage !== "dropped" || type === null) return false;
  const name = messageId === null ? type : canonicalType(type, "received", policy.typeAliases);
  return policy.requestTypes.includes(name);
}

/** An agent's message on its way out, as far as one event alone can tell. */
export function isOutbound(event: ObservedEvent, policy: Policy): boolean {
  if (OUTBOUND_STAGES.has(event.stage)) return !policy.requestTypes.includes(event.type ?? "");
  return event.stage === "routed" && isCritical(event.type);
}

/** The step of the checklist that a message type stands for; other types belong to the response as a whole. */
export function stepOf(type: string | null): Step {
  switch (type) {
    case "agent_started":
    case "agent_thinking":
    case "tool_executing":
    case "tool_completed":
    case "agent_completed":
      return type;
    default:
      return "response_delivered";
  }
}
