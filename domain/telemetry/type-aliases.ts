/** Other names of the same message types, resolved once at the edge; the name that was sent is kept beside it. */
import type { Stage } from "./event";

const AGENT_EVENT_ALIASES: ReadonlyMap<string, string> = new Map([
  ["reasoning", "agent_thinking"],
  ["thought", "agent_thinking"],
  ["tool_started", "tool_executing"],
  ["tool_call", "tool_executing"],
  ["tool_result", "tool_completed"],
]);

const REQUEST_ALIASES: ReadonlyMap<string, string> = new Map([
  ["user", "user_message"],
  ["user_input", "user_message"],
  ["chat_message", "user_message"],
  ["message", "user_message"],
  ["agent", "agent_request"],
  ["execute_agent", "start_agent"],
]);

/** Where a message can still be on its way in: outbound, `message` or `agent` is the answer, not a request. */
const INBOUND_STAGES: ReadonlySet<Stage> = new Set(["received", "routed"]);

/**
 * The canonical name of a message type. The operator's table wins over the built-in one and holds on every stage;
 * request aliases hold only where a message may be inbound.
 */
export function canonicalType(type: string, stage: Stage, extra: Readonly<Record<string, string>>): string {
  if (Object.hasOwn(extra, type)) return extra[type] ?? type;
  const request = INBOUND_STAGES.has(stage) ? REQUEST_ALIASES.get(type) : undefined;
  return request ?? AGENT_EVENT_ALIASES.get(type) ?? type;
}

/** What a name stands for by the built-in table, on one stage or another; nothing for a canonical name. */
export function builtInTypes(type: string): string[] {
  return [REQUEST_ALIASES.get(type) ?? [], AGENT_EVENT_ALIASES.get(type) ?? []].flat();
}

/** The built-in table, for people to read. */
export const BUILT_IN_ALIASES: readonly { alias: string; type: string; inboundOnly: boolean }[] = [
  ...[...REQUEST_ALIASES].map(([alias, type]) => ({ alias, type, inboundOnly: true })),
  ...[...AGENT_EVENT_ALIASES].map(([alias, type]) => ({ alias, type, inboundOnly: false })),
];
