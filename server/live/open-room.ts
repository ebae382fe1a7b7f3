/** Which computation stands behind each kind of room. */
import type { JourneyDetail } from "@/contracts/http";
import { LIVE_MAX_DELTAS_PER_SECOND } from "@/contracts/live";
import { ANY_INCIDENT } from "@/server/queries/incidents/incidents";
import { createFeedRoom } from "./feed-room";
import { createJourneysFeed, createUserFeed } from "./journeys-feed";
import type { Room } from "./parse-room";
import { createStateRoom } from "./state-room";
import type { LiveDependencies, LiveNamespace, OpenRoom } from "./types";

const FEED_MS = 1_000 / LIVE_MAX_DELTAS_PER_SECOND;
const JOURNEY_MS = 200;
const LIST_MS = 250;
const OVERVIEW_MS = 1_000;
/** Its answer is large where there are many routers. */
const ROUTERS_MS = 2_000;
/** Sums of many windows for each campaign. */
const CAMPAIGNS_MS = 5_000;
/** Sums of many hours, which move slowly. */
const SLO_MS = 10_000;
const MINUTE_MS = 60_000;
const INCIDENTS = 100;

/** Opens the room `name`. Nothing is computed before somebody comes in. */
export function openRoom(nsp: LiveNamespace, name: string, room: Room, dependencies: LiveDependencies): OpenRoom {
  const { queries, nowMs, log } = dependencies;
  const environments = [room.environment];
  const base = {
    nsp,
    room: name,
    onError: (error: unknown) => log.warn({ err: error, kind: room.kind }, "a live room could not be computed"),
  };
  const judged = () => queries.judged(room.environment);
  const lately = (minutes: number) => ({ environments, fromMs: nowMs() - minutes * MINUTE_MS, toMs: nowMs() });
  const moving = { ...base, concerns: () => true, concernedBySources: true, moves: true };
  switch (room.kind) {
    case "overview":
      return createStateRoom({
        ...moving,
        intervalMs: OVERVIEW_MS,
        compute: () => queries.overview(lately(room.minutes)),
      });
    case "routers":
      return createStateRoom({
        ...moving,
        intervalMs: ROUTERS_MS,
        compute: () => queries.routers(lately(room.minutes)),
      });
    case "router":
      return createStateRoom({
        ...moving,
        intervalMs: ROUTERS_MS,
        compute: () => queries.router({ ...lately(room.minutes), router: room.router }),
      });
    case "journeys":
      return createFeedRoom({ ...base, intervalMs: FEED_MS, feed: createJourneysFeed(), judged });
    case "user":
      return createFeedRoom({ ...base, intervalMs: FEED_MS, feed: createUserFeed(room.id), judged });
    case "journey":
      return createStateRoom({
        ...base,
        intervalMs: JOURNEY_MS,
        compute: () => queries.journey({ environments, id: room.id, key: null, eventsAfter: null }),
        concerns: ({ journeys, removed }, data) => {
          const key = (data as JourneyDetail | null)?.key;
          if (key === undefined) return true;
          return removed.includes(key) || journeys.some((row) => row.key === key || row.id === room.id);
        },
      });
    case "incident":
      return createStateRoom({
        ...base,
        intervalMs: OVERVIEW_MS,
        compute: () => queries.incidentSummary(environments, room.id),
        concerns: (change) => change.incidentsChanged,
        moves: true,
      });
    case "incidents":
      return createStateRoom({
        ...base,
        intervalMs: LIST_MS,
        compute: () => queries.incidents({ ...ANY_INCIDENT, environments, after: null, limit: INCIDENTS }),
        concerns: (change) => change.incidentsChanged,
        // A mute ends by the clock.
        moves: true,
      });
    case "open-incidents":
      return createStateRoom({
        ...base,
        intervalMs: LIST_MS,
        compute: () => queries.openIncidents(environments),
        concerns: (change) => change.incidentsChanged,
        moves: true,
      });
    case "firing-alerts":
      return createStateRoom({
        ...base,
        intervalMs: LIST_MS,
        compute: () => queries.firingAlerts(environments),
        concerns: (change) => change.alertsChanged === true,
        moves: true,
      });
    case "alerts":
      return createStateRoom({
        ...base,
        intervalMs: LIST_MS,
        compute: () => queries.alerts(environments),
        concerns: (change) => change.alertsChanged === true,
        // Another node may have looked.
        moves: true,
      });
    case "slo":
      return createStateRoom({
        ...base,
        intervalMs: SLO_MS,
        compute: () => queries.slo(room.environment),
        concerns: (change) => change.alertsChanged === true,
        moves: true,
      });
    case "deliveries":
      return createStateRoom({
        ...base,
        intervalMs: LIST_MS,
        compute: () => queries.deliveriesPulse(room.environment),
        concerns: (change) => change.deliveriesChanged === true,
        // Another node may have sent.
        moves: true,
      });
    case "routers-in-code":
      return createStateRoom({
        ...moving,
        intervalMs: ROUTERS_MS,
        compute: () => queries.routersInCode(environments),
      });
    case "consolidation":
      return createStateRoom({
        ...moving,
        intervalMs: CAMPAIGNS_MS,
        compute: () => queries.consolidationPulse(environments),
      });
    case "campaign":
      return createStateRoom({
        ...moving,
        intervalMs: CAMPAIGNS_MS,
        compute: () => queries.campaign(environments, room.id),
      });
    case "sources":
      return createStateRoom({
        ...base,
        intervalMs: OVERVIEW_MS,
        compute: () => queries.sources(environments),
        concerns: () => false,
        concernedBySources: true,
      });
  }
}
