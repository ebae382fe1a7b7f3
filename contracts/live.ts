/** Socket.IO namespace /live: snapshot, then numbered deltas. A gap in `seq` or a reconnect means subscribe again. */
import { z } from "zod";
import {
  alertList,
  campaign,
  consolidationPulse,
  deliveriesPulse,
  firingAlerts,
  incidentList,
  incidentSummary,
  journeyDetail,
  journeyRow,
  judgedState,
  openIncidents,
  overview,
  routerDetail,
  routerList,
  routersInCode,
  sloView,
  sourceList,
} from "./http";

export const LIVE_NAMESPACE = "/live";
/** Deltas of one room are coalesced to at most this many a second. */
export const LIVE_MAX_DELTAS_PER_SECOND = 10;

export const ROOM_KINDS = [
  "overview",
  "journeys",
  "journey",
  "user",
  "routers",
  "router",
  "incident",
  "incidents",
  "open-incidents",
  "firing-alerts",
  "alerts",
  "slo",
  "deliveries",
  "sources",
  "routers-in-code",
  "consolidation",
  "campaign",
] as const;

/**
 * Room names: `<kind>@<environment>` or `<kind>:<id>@<environment>`; the environment is everything after the last "@".
 * Rooms of a moving window that ends now carry its minutes: `overview:<minutes>@<environment>`, `routers:<minutes>@…`
 * and `router:<minutes>:<router>@…`.
 */
export const roomName = z.string().min(1).max(600);

export const subscribeRequest = z.object({ room: roomName, since: z.number().int().nonnegative().optional() });
export type SubscribeRequest = z.infer<typeof subscribeRequest>;

/** A change to the journeys list: rows by key, newest state wins; keys that are no journey of their own any more. */
export const journeysPatch = z.object({
  upserts: z.array(journeyRow),
  removed: z.array(z.string()),
  /** Changes beyond the bound of one delta; the client shows "n more" and refetches when asked. */
  omitted: z.number(),
  judged: judgedState,
});
export type JourneysPatch = z.infer<typeof journeysPatch>;

/** What `snapshot.data` and `delta.patch` hold in each kind of room. A patch without further rule replaces the data. */
export const roomPayloads = {
  overview: { data: overview, patch: overview },
  journeys: { data: z.object({ judged: judgedState }), patch: journeysPatch },
  journey: { data: journeyDetail.nullable(), patch: journeyDetail },
  user: { data: z.object({ judged: judgedState }), patch: z.object({ events: z.number() }) },
  routers: { data: routerList, patch: routerList },
  /** null = nothing was ever seen of the router. */
  router: { data: routerDetail.nullable(), patch: routerDetail.nullable() },
  incident: { data: incidentSummary.nullable(), patch: incidentSummary.nullable() },
  incidents: { data: incidentList, patch: incidentList },
  "open-incidents": { data: openIncidents, patch: openIncidents },
  "firing-alerts": { data: firingAlerts, patch: firingAlerts },
  alerts: { data: alertList, patch: alertList },
  slo: { data: sloView, patch: sloView },
  deliveries: { data: deliveriesPulse, patch: deliveriesPulse },
  sources: { data: sourceList, patch: sourceList },
  "routers-in-code": { data: routersInCode, patch: routersInCode },
  consolidation: { data: consolidationPulse, patch: consolidationPulse },
  /** null = there is none with this id. */
  campaign: { data: campaign.nullable(), patch: campaign.nullable() },
} as const;

export const snapshotMessage = z.object({ room: roomName, seq: z.number(), data: z.unknown() });
export const deltaMessage = z.object({ room: roomName, seq: z.number(), patch: z.unknown() });
/** The subscriber was too slow: deltas were dropped for it, and it has to subscribe again. */
export const resetMessage = z.object({ room: roomName, dropped: z.number().optional() });

/** The acknowledgement of `subscribe` and `unsubscribe`. */
export const liveAck = z.union([
  z.object({ ok: z.literal(true) }),
  z.object({ error: z.object({ code: z.string(), message: z.string() }) }),
]);
export type LiveAck = z.infer<typeof liveAck>;

export interface LiveClientToServer {
  subscribe(request: SubscribeRequest, ack: (answer: LiveAck) => void): void;
  unsubscribe(request: { room: string }, ack: (answer: LiveAck) => void): void;
}
export interface LiveServerToClient {
  snapshot(message: z.infer<typeof snapshotMessage>): void;
  delta(message: z.infer<typeof deltaMessage>): void;
  reset(message: z.infer<typeof resetMessage>): void;
}
