import type { JourneyDetail, TelemetryEventView } from "@/contracts/http";
import type { Lane } from "./prepared-timeline";

const ORDER = ["user", "connection", "router", "agent", "tool", "store", "other"] as const;
export const NO_ROUTER = "router:?";
export const NO_AGENT = "agent:?";

const laneId = {
  user: (user: string) => `user:${user}`,
  connection: (event: { instance?: string | undefined; connectionId: string }) =>
    `connection:${event.instance ?? ""}/${event.connectionId}`,
  router: (router: string) => `router:${router}`,
  agent: (agent: string) => `agent:${agent}`,
  tool: (tool: string) => `tool:${tool}`,
};

/** The lane on which an event happened. */
export function laneOf(event: TelemetryEventView, owner: string | null): Lane {
  const user = event.connectionUser ?? null;
  const connection = (): Lane =>
    event.connectionId === undefined
      ? routerLane(event.router)
      : {
          id: laneId.connection({ instance: event.instance, connectionId: event.connectionId }),
          kind: "connection",
          label: event.connectionId,
          sub: user,
        };
  switch (event.stage) {
    case "received":
    case "sent":
    case "connection_opened":
    case "connection_authenticated":
    case "connection_rejected":
    case "connection_closed":
      return connection();
    case "acked":
      return userLane(user ?? event.userId ?? owner ?? "unknown user");
    case "routed":
    case "dropped":
      return routerLane(event.router);
    case "emitted":
      return event.toolName !== undefined && event.type?.startsWith("tool_")
        ? { id: laneId.tool(event.toolName), kind: "tool", label: event.toolName, sub: null }
        : agentLane(event.agentName);
    case "persisted":
      return { id: "store", kind: "store", label: "storage", sub: null };
    default:
      return { id: "other", kind: "other", label: event.service ?? "other", sub: null };
  }
}

/** Lanes that a message touched without an event of its own there: the sending router, the user of the connection. */
export function passedLanes(event: TelemetryEventView): Lane[] {
  const user = event.connectionUser === undefined ? [] : [userLane(event.connectionUser)];
  if (event.stage === "received") return user;
  if (event.stage !== "sent") return [];
  return [...user, ...(event.router === undefined ? [] : [routerLane(event.router)])];
}

export function userLane(user: string): Lane {
  return { id: laneId.user(user), kind: "user", label: user, sub: null };
}

export function routerLane(router: string | null | undefined): Lane {
  return router
    ? { id: laneId.router(router), kind: "router", label: router, sub: null }
    : { id: NO_ROUTER, kind: "router", label: "unnamed router", sub: null };
}

export function agentLane(agent: string | null | undefined): Lane {
  return agent
    ? { id: laneId.agent(agent), kind: "agent", label: agent, sub: null }
    : { id: NO_AGENT, kind: "agent", label: "agent", sub: null };
}

/** The owner's connection on which something was owed: the one open last, else one that stands for none. */
export function ownerConnectionLane(journey: JourneyDetail): Lane {
  const owned = journey.connections.filter((entry) => entry.userId !== null && entry.userId === journey.owner);
  const open = owned.find((entry) => entry.closedAt === null) ?? owned.at(-1);
  return open
    ? {
        id: laneId.connection({ instance: open.instance || undefined, connectionId: open.connectionId }),
        kind: "connection",
        label: open.connectionId,
        sub: open.userId,
      }
    : { id: "connection:?", kind: "connection", label: "no connection", sub: journey.owner };
}

/** Lanes from the user inwards; within a kind in the order of first appearance. */
export function orderLanes(lanes: Iterable<Lane>): Lane[] {
  const byId = new Map<string, Lane>();
  for (const lane of lanes) {
    const known = byId.get(lane.id);
    if (!known || (known.sub === null && lane.sub !== null)) byId.set(lane.id, lane);
  }
  return [...byId.values()].sort((a, b) => ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind));
}
