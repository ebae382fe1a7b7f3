/** The services of a made-up chat system: four routers with their releases, habits of reporting and instances. */
import type { Prng } from "../prng";
import { PLAIN_STYLE, type Style } from "../style";

export interface Release {
  version: string;
  /** When it was deployed, as a share of the whole time. */
  since: number;
}

export interface Service {
  name: string;
  router: string;
  handler: string;
  instances: readonly string[];
  /** Share of visits that it serves. */
  share: number;
  /** Oldest first. */
  releases: readonly [Release, ...Release[]];
  style: Style;
  agents: readonly string[];
}

/** The router whose last release loses answers, and the share of its answers that it loses. */
export const FAULTY = { service: "chat-quality", version: "2.4.0", share: 0.1 } as const;

export const SERVICES = [
  {
    name: "chat-core",
    router: "MessageRouter",
    handler: "ChatHandler",
    instances: ["core-1", "core-2", "core-3"],
    share: 0.46,
    releases: [
      { version: "3.8.0", since: 0 },
      { version: "3.8.1", since: 0.3 },
      { version: "3.9.0", since: 0.85 },
    ],
    style: PLAIN_STYLE,
    agents: ["supervisor", "supervisor", "planner"],
  },
  {
    name: FAULTY.service,
    router: "QualityMessageRouter",
    handler: "QualityHandler",
    instances: ["quality-1", "quality-2"],
    share: 0.28,
    releases: [
      { version: "2.3.4", since: 0 },
      { version: FAULTY.version, since: 0.7 },
    ],
    style: { ...PLAIN_STYLE, runId: "late", persists: true, requestType: "chat" },
    agents: ["supervisor", "data_analyst"],
  },
  {
    name: "chat-scoped",
    router: "UserScopedWebSocketEventRouter",
    handler: "UserScopedHandler",
    instances: ["scoped-1", "scoped-2"],
    share: 0.17,
    releases: [
      { version: "1.9.2", since: 0 },
      { version: "2.0.0", since: 0.5 },
    ],
    style: { ...PLAIN_STYLE, runOnDeliveries: false, toolCallIds: false },
    agents: ["supervisor", "support"],
  },
  {
    name: "chat-legacy",
    router: "WebSocketEventRouter",
    handler: "app.legacy:MessageHandler",
    instances: ["legacy-1"],
    share: 0.09,
    releases: [
      { version: "0.41.7", since: 0 },
      { version: "0.41.8", since: 0.92 },
    ],
    style: {
      ...PLAIN_STYLE,
      inboundIds: "per_user",
      outboundIds: "per_run",
      seq: false,
      claim: "thread",
      toolCallIds: false,
      requestType: "chat_message",
      aliases: true,
    },
    agents: ["supervisor"],
  },
] as const satisfies readonly Service[];

export function pickService(prng: Prng): Service {
  let rest = prng.next();
  for (const service of SERVICES) {
    rest -= service.share;
    if (rest < 0) return service;
  }
  return SERVICES[0];
}

/** The release that runs when `share` of the whole time has passed. */
export function versionAt(service: Service, share: number): string {
  return service.releases.reduce((current, next) => (next.since <= share ? next : current)).version;
}
