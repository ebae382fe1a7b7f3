/**
 * The agent that answers the user: what it completes ends the run; what its helpers complete does not. Events without
 * any agent's name speak for it.
 */
import { groupBy } from "../collections/group-by";
import type { Message } from "./messages";

/** Name of the outermost agent; null where no event names an agent. */
export function outermostAgent(messages: readonly Message[]): string | null {
  const named = messages.filter((message) => message.agentName !== null);
  const agents = [...groupBy(named, (message) => message.agentName)].map(([name, own]) => ({
    name,
    hasParent: own.some((message) => message.events.some((event) => event.parentAgent !== null)),
    startedMs: own.find((message) => message.type === "agent_started")?.emission.atMs ?? null,
    completedMs: own.filter((message) => message.type === "agent_completed").at(-1)?.emission.atMs ?? null,
  }));
  const roots = agents.filter((agent) => !agent.hasParent);
  const candidates = roots.length > 0 ? roots : agents;
  const started = candidates.filter((agent) => agent.startedMs !== null);
  if (started.length > 0) return minBy(started, (agent) => agent.startedMs ?? 0)?.name ?? null;
  const completed = candidates.filter((agent) => agent.completedMs !== null);
  return (minBy(completed, (agent) => -(agent.completedMs ?? 0)) ?? candidates[0])?.name ?? null;
}

export function isByOutermost(message: Message, outermost: string | null): boolean {
  return message.agentName === outermost || (message.agentName === null && message.parentAgent === null);
}

function minBy<T>(items: readonly T[], measure: (item: T) => number): T | undefined {
  return items.reduce<T | undefined>(
    (best, item) => (best === undefined || measure(item) < measure(best) ? item : best),
    undefined,
  );
}
