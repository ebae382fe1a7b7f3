import type { ComponentRow, MessageTypeRow, RouterList, RouterRow, Taker } from "@/contracts/http";

export const FROM_MS = Date.parse("2026-01-31T12:00:00.000Z");
const MINUTE_MS = 60_000;
/** Minutes into the range. */
export const minute = (n: number) => new Date(FROM_MS + n * MINUTE_MS).toISOString();

const NONE = { items: [], omitted: 0 };

export function routerOf(router: string, change: Partial<RouterRow> = {}): RouterRow {
  return {
    router,
    messages: 1,
    share: 0,
    errors: 0,
    errorCodes: NONE,
    latencyMs: null,
    firstSeenAt: minute(0),
    lastSeenAt: minute(1),
    versions: NONE,
    instances: NONE,
    services: NONE,
    ...change,
  };
}

export function takerOf(router: string, handler: string | null, messages = 1): Taker {
  return { router, handler, messages, errors: 0, errorCodes: NONE };
}

export function typeOf(type: string, takers: Taker[], change: Partial<MessageTypeRow> = {}): MessageTypeRow {
  const messages = takers.reduce((sum, taker) => sum + taker.messages, 0);
  return { type, inconsistent: takers.length > 1, messages, takers: { items: takers, omitted: 0 }, ...change };
}

export function componentOf(component: string, change: Partial<ComponentRow> = {}): ComponentRow {
  return {
    environment: "default",
    component,
    service: "chat",
    instance: "chat-1",
    router: null,
    before: null,
    changes: [],
    knownFrom: null,
    lastReportAt: minute(0),
    ...change,
  };
}

/** Ten minutes of routers; what is not given is empty. */
export function routersOf(change: Partial<RouterList> = {}): RouterList {
  return {
    from: minute(0),
    to: minute(10),
    environment: "default",
    bucketMs: MINUTE_MS,
    items: [],
    omitted: 0,
    totals: { messages: 0, errors: 0, routers: 0, failing: 0, implementations: 0 },
    series: { routers: [], points: [] },
    failed: { routers: [], points: [] },
    types: { ...NONE, inconsistent: 0 },
    inbound: NONE,
    components: NONE,
    unheard: [],
    ...change,
  };
}
