import type { JourneyDetail, TelemetryEventView } from "@/contracts/http";
import { routerLane, userLane } from "./prepare-lanes";
import type { Missing } from "./prepare-missing";
import type { Dot, Link, Mark } from "./prepared-timeline";

type Point = Pick<Mark, "key" | "laneId" | "x">;

/**
 * Lines that follow each message from lane to lane: from its user, through the routers, to the user whom it reached;
 * dashed where it never arrived.
 */
export function prepareLinks(
  journey: JourneyDetail,
  events: TelemetryEventView[],
  marks: Mark[],
  missing: Missing[],
): { links: Link[]; dots: Dot[] } {
  const byEvent = new Map(marks.filter((mark) => mark.state !== "missing").map((mark) => [mark.eventId, mark]));
  const eventOf = new Map(events.map((event) => [event.id, event]));
  const links = new Map<string, Link>();
  const dots = new Map<string, Dot>();

  function connect(from: Point, to: Point, state: Link["state"]) {
    const key = `${from.key} → ${to.key}`;
    if (from.laneId !== to.laneId)
      links.set(key, { key, fromX: from.x, fromLane: from.laneId, toX: to.x, toLane: to.laneId, state });
  }
  function pass(key: string, laneId: string, x: number, state: Dot["state"]): Dot {
    const dot = { key, laneId, x, state };
    dots.set(key, dot);
    return dot;
  }
  function follow(from: Mark, to: Mark, router: string | null | undefined, state: Link["state"]) {
    const lane = router ? routerLane(router).id : null;
    if (lane === null || lane === from.laneId || lane === to.laneId) return connect(from, to, state);
    const dot = pass(`through ${to.key}`, lane, (from.x + to.x) / 2, state === "bad" ? "bad" : "ok");
    connect(from, dot, state === "bad" ? "bad" : "ok");
    connect(dot, to, state);
  }

  for (const chain of chains(journey, events)) {
    const stops = chain
      .flatMap((id) => byEvent.get(id) ?? [])
      .sort((a, b) => a.atMs - b.atMs || marks.indexOf(a) - marks.indexOf(b));
    for (const [index, to] of stops.entries()) {
      const from = stops[index - 1];
      const router = to.stage === "sent" ? eventOf.get(to.eventId ?? "")?.router : null;
      if (from) follow(from, to, router, to.state === "bad" ? "bad" : "ok");
    }
  }
  for (const event of events) {
    const mark = byEvent.get(event.id);
    if (!mark || event.connectionUser === undefined || (event.stage !== "received" && event.stage !== "sent")) continue;
    const state = mark.state === "bad" ? "bad" : "ok";
    connect(mark, pass(`user ${mark.key}`, userLane(event.connectionUser).id, mark.x, state), state);
  }
  for (const entry of missing) {
    const from = byEvent.get(entry.afterEventId);
    const to = marks.find((mark) => mark.key === entry.key);
    if (from && to) follow(from, to, from.stage === "emitted" ? entry.router : null, "missing");
  }
  return { links: [...links.values()], dots: [...dots.values()] };
}

/** Event ids of each message: what deliveries joined, and inbound messages by id. */
function chains(journey: JourneyDetail, events: TelemetryEventView[]): string[][] {
  const inbound = new Map<string, string[]>();
  for (const event of events) {
    if (event.messageId === undefined || (event.stage !== "received" && event.stage !== "routed")) continue;
    inbound.set(event.messageId, [...(inbound.get(event.messageId) ?? []), event.id]);
  }
  return [...inbound.values(), ...journey.deliveries.map((delivery) => delivery.eventIds)];
}
