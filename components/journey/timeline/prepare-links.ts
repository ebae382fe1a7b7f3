import type { JourneyDetail, TelemetryEventView } from "@/contracts/http";
import type { Missing } from "./prepare-missing";
import type { Link, Mark } from "./prepared-timeline";

/** Lines that follow each message from lane to lane, the last one dashed where it never arrived. */
export function prepareLinks(
  journey: JourneyDetail,
  events: TelemetryEventView[],
  marks: Mark[],
  missing: Missing[],
): Link[] {
  const byEvent = new Map(marks.filter((mark) => mark.state !== "missing").map((mark) => [mark.eventId, mark]));
  const links = new Map<string, Link>();
  for (const chain of chains(journey, events)) {
    const stops = chain
      .flatMap((id) => byEvent.get(id) ?? [])
      .sort((a, b) => a.atMs - b.atMs || marks.indexOf(a) - marks.indexOf(b));
    for (const [index, to] of stops.entries()) {
      const from = stops[index - 1];
      if (from && from.laneId !== to.laneId) add(links, from, to, to.state === "bad" ? "bad" : "ok");
    }
  }
  for (const entry of missing) {
    const from = byEvent.get(entry.afterEventId);
    const to = marks.find((mark) => mark.key === entry.key);
    if (from && to && from.laneId !== to.laneId) add(links, from, to, "missing");
  }
  return [...links.values()];
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

function add(links: Map<string, Link>, from: Mark, to: Mark, state: Link["state"]) {
  const key = `${from.key} → ${to.key}`;
  links.set(key, { key, fromX: from.x, fromLane: from.laneId, toX: to.x, toLane: to.laneId, state });
}
