import { distinct } from "../collections/group-by";
import type { Facts } from "./facts";
import type { Traits } from "./types";

/** Names of one kind that a journey is described by; the first by name. */
const MAX_NAMES = 20;

/** What the journey is described by beside its routers, versions and instances. */
export function traitsOf({ events, connections, lastTurn }: Facts): Traits {
  const request = lastTurn.request?.received[0];
  const presence = request && connections.presenceOf(request);
  const openedAtMs = presence?.state === "open" ? presence.interval.openedAtMs : null;
  return {
    handlers: named(events.map((event) => event.handler)),
    agents: named(events.map((event) => event.agentName)),
    tools: named(events.map((event) => event.toolName)),
    connectionAgeMs: request && openedAtMs !== null ? Math.max(0, Math.round(request.timeMs - openedAtMs)) : null,
    payloadBytes: request?.payloadBytes ?? null,
  };
}

function named(names: (string | null)[]): string[] {
  return distinct(names).sort().slice(0, MAX_NAMES);
}
