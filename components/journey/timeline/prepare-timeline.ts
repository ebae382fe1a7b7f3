import { figure, outOf } from "@/client/format";
import type { JourneyDetail, TelemetryEventView } from "@/contracts/http";
import { breakingFinding } from "../prepare-story";
import { laneOf, orderLanes, passedLanes, routerLane, userLane } from "./prepare-lanes";
import { prepareLinks } from "./prepare-links";
import { prepareMissing } from "./prepare-missing";
import { prepareScale } from "./prepare-scale";
import type { Lane, Mark, PreparedTimeline } from "./prepared-timeline";

export const MAX_MARKS = 150;

/** Lanes, marks and the links between them, bounded to the events around the break. */
export function prepareTimeline(journey: JourneyDetail, events: TelemetryEventView[]): PreparedTimeline {
  const shown = aroundBreak(journey, events);
  const missing = prepareMissing(journey, shown);
  const lanes = new Map<string, Lane>(shown.map((event) => [event.id, laneOf(event, journey.owner)]));
  const scale = prepareScale([...shown.map((event) => Date.parse(event.time)), ...missing.map((entry) => entry.atMs)]);
  const states = stateOfEvents(journey);
  const real: Mark[] = shown.map((event) => {
    const atMs = Date.parse(event.time);
    return {
      key: `event ${event.id}`,
      laneId: lanes.get(event.id)?.id ?? "other",
      atMs,
      x: scale.xOf(atMs),
      eventId: event.id,
      stage: event.stage,
      title: titleOf(event),
      detail: detailOf(event),
      state: event.outcome === "error" || event.stage === "dropped" ? "bad" : (states.get(event.id) ?? "ok"),
    };
  });
  const hollow: Mark[] = missing.map((entry) => ({
    key: entry.key,
    laneId: entry.lane.id,
    atMs: entry.atMs,
    x: scale.xOf(entry.atMs),
    eventId: entry.afterEventId,
    stage: "missing",
    title: entry.title,
    detail: entry.detail,
    state: "missing",
  }));
  const marks = spreadOverlaps([...real, ...hollow].sort((a, b) => a.atMs - b.atMs));
  const owner = journey.owner ?? journey.claimedOwner;
  return {
    lanes: orderLanes([
      ...(owner === null ? [] : [userLane(owner)]),
      ...shown.flatMap(passedLanes),
      ...lanes.values(),
      ...missing.map((entry) => entry.lane),
      ...missing.flatMap((entry) => (entry.router === null ? [] : routerLane(entry.router))),
    ]),
    marks,
    ...prepareLinks(journey, shown, marks, missing),
    ticks: scale.ticks,
    gaps: scale.gaps,
    width: Math.max(scale.width, ...marks.map((mark) => mark.x + 28)),
    bound: boundOf(shown.length, journey),
  };
}

/** What is not drawn, or null. */
function boundOf(shown: number, { events, connections, omitted }: JourneyDetail): string | null {
  const parts = [
    ...(shown < events.total ? [`${figure(shown)} of ${figure(events.total)} events, those around the break`] : []),
    ...(omitted.connections > 0 ? [`${outOf(connections.length, omitted.connections)} connections, the newest`] : []),
  ];
  return parts.length > 0 ? parts.join("; ") : null;
}

/** The events nearest to the break, else the first ones. */
function aroundBreak(journey: JourneyDetail, events: TelemetryEventView[]): TelemetryEventView[] {
  if (events.length <= MAX_MARKS) return events;
  const evidence = breakingFinding(journey)?.eventIds.at(-1);
  const middle = Math.max(
    0,
    events.findIndex((event) => event.id === evidence),
  );
  const from = Math.min(Math.max(0, middle - MAX_MARKS / 2), events.length - MAX_MARKS);
  return events.slice(from, from + MAX_MARKS);
}

/** Events that are themselves what went wrong: evidence of a leak where it arrived, and of warnings. */
function stateOfEvents(journey: JourneyDetail): Map<string, "warn" | "bad"> {
  const states = new Map<string, "warn" | "bad">();
  for (const finding of journey.findings) {
    if (finding.severity === "info") continue;
    for (const id of finding.eventIds) {
      if (finding.severity === "critical") states.set(id, "bad");
      else if (!finding.fails && !states.has(id)) states.set(id, "warn");
    }
  }
  return states;
}

function titleOf(event: TelemetryEventView): string {
  return event.type ? `${event.type} ${event.stage}` : event.stage.replace("connection_", "connection ");
}

function detailOf(event: TelemetryEventView): string {
  const parts = [
    event.router && `router ${event.router}`,
    event.handler && `handler ${event.handler}`,
    event.agentName && `agent ${event.agentName}`,
    event.toolName && `tool ${event.toolName}`,
    event.connectionId
      ? `connection ${event.connectionId}${event.connectionUser ? ` of ${event.connectionUser}` : ""}`
      : event.stage === "sent" && "to no connection",
    event.outcome === "error" && `error ${event.errorCode ?? ""}`.trim(),
  ];
  return parts.filter(Boolean).join(" · ");
}

/** Marks of one lane and one moment stand side by side. */
function spreadOverlaps(marks: Mark[]): Mark[] {
  const lastX = new Map<string, number>();
  return marks.map((mark) => {
    const before = lastX.get(mark.laneId);
    const x = before !== undefined && mark.x - before < 22 ? before + 22 : mark.x;
    lastX.set(mark.laneId, x);
    return { ...mark, x };
  });
}
