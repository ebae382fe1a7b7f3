/** Routers in the traffic: who handles which messages, how well, and what state their components are in. */
import { z } from "zod";

const iso = z.string();
const count = z.number();

/** The first of a list, and how many are left out. */
const firstOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), omitted: count });

/** Messages that failed or were given up on purpose, by code, most frequent first. */
export const codeCounts = firstOf(z.object({ code: z.string(), count }));
export type CodeCounts = z.infer<typeof codeCounts>;

/** Messages by a name that a router reports, most frequent first; null where it reports none. */
export const namedCounts = firstOf(z.object({ name: z.string().nullable(), messages: count }));
export type NamedCounts = z.infer<typeof namedCounts>;

/** How long routing took: `durationMs` of `routed`, else the time since the message was received or emitted. */
export const routingLatency = z.object({ p50: z.number(), p95: z.number(), p99: z.number() });

export const routerRow = z.object({
  router: z.string(),
  /** Messages routed, sent or dropped, each once. 0 where the router is only known from other times. */
  messages: count,
  share: z.number(),
  errors: count,
  errorCodes: codeCounts,
  latencyMs: routingLatency.nullable(),
  /** To the minute as long as minutes are kept, then to the hour; over everything that is kept. */
  firstSeenAt: iso.nullable(),
  lastSeenAt: iso.nullable(),
  versions: namedCounts,
  instances: namedCounts,
  services: namedCounts,
});
export type RouterRow = z.infer<typeof routerRow>;

/** One router and handler that took messages of a type. */
export const taker = z.object({
  router: z.string(),
  handler: z.string().nullable(),
  messages: count,
  errors: count,
  errorCodes: codeCounts,
});
export type Taker = z.infer<typeof taker>;

export const messageTypeRow = z.object({
  type: z.string(),
  /** More than one router or handler took messages of this type. */
  inconsistent: z.boolean(),
  messages: count,
  takers: firstOf(taker),
});
export type MessageTypeRow = z.infer<typeof messageTypeRow>;

/** Inbound messages that are no requests: they open no journey and count in no reliability. */
export const inboundRow = z.object({
  type: z.string(),
  received: count,
  routed: count,
  /** No router took them in time, or only with errors. */
  notRouted: count,
  /** Received so recently that a router may still take them. */
  waiting: count,
  /** Routing of their service is not reported, or telemetry was interrupted. */
  unobserved: count,
  errorCodes: codeCounts,
  /** Routers that took or refused them, busiest first. */
  routers: firstOf(z.string()),
});
export type InboundRow = z.infer<typeof inboundRow>;

/** What one component of one instance reported. */
export const componentRow = z.object({
  environment: z.string(),
  component: z.string(),
  service: z.string().nullable(),
  instance: z.string().nullable(),
  router: z.string().nullable(),
  /** The state in which the range begins; null where nothing was reported before. */
  before: z.object({ at: iso, state: z.string() }).nullable(),
  /** Changes within the range, oldest first. */
  changes: z.array(z.object({ at: iso, state: z.string() })),
  /** Changes are known from here on; null = from the beginning of the range. */
  knownFrom: iso.nullable(),
  lastReportAt: iso,
});
export type ComponentRow = z.infer<typeof componentRow>;

const range = { from: iso, to: iso, environment: z.string(), bucketMs: z.number() };

/** What components reported, and when a source could not be heard, so that reports of that time may be missing. */
const states = { components: firstOf(componentRow), unheard: z.array(z.object({ from: iso, to: iso })) };

/** Counts over time, in the order of `routers`, and of all others together. */
const routerSeries = z.object({
  routers: z.array(z.string()),
  points: z.array(z.object({ at: iso, messages: z.array(count), others: count })),
});

export const routerList = z.object({
  ...range,
  /** Routers that handled messages in the range, busiest first; then those that did so at other times. */
  items: z.array(routerRow),
  /** Routers beyond those listed. */
  omitted: count,
  /** Of all routers in the range; `failing` have errors, `implementations` takes `Class` and `module:Class` for one. */
  totals: z.object({ messages: count, errors: count, routers: count, failing: count, implementations: count }),
  /** Messages over time of the busiest routers. */
  series: routerSeries,
  /** Failed messages over time of the routers with the most of them. */
  failed: routerSeries,
  /** Inconsistent types first, then by messages. */
  types: firstOf(messageTypeRow).extend({ inconsistent: count }),
  inbound: firstOf(inboundRow),
  ...states,
});
export type RouterList = z.infer<typeof routerList>;

const routerPoint = z.object({
  at: iso,
  messages: count,
  errors: count,
  p50Ms: z.number().nullable(),
  p95Ms: z.number().nullable(),
});

export const routerDetail = z.object({
  ...range,
  router: routerRow,
  /** `errorsByCode` is in the order of `codes`; errors of further codes are only in `errors`. */
  series: z.array(routerPoint.extend({ errorsByCode: z.array(count) })),
  /** The same for the period of equal length before `from`. */
  previous: z.object({
    messages: count,
    errors: count,
    latencyMs: routingLatency.nullable(),
    series: z.array(routerPoint),
  }),
  /** Its errors by code, most frequent first, with the first and the last within the range. */
  codes: firstOf(z.object({ code: z.string(), count, firstSeenAt: iso, lastSeenAt: iso })),
  /** Types that it took, busiest first, and the other routers that took messages of them. */
  types: firstOf(messageTypeRow.omit({ inconsistent: true }).extend({ others: firstOf(z.string()) })),
  /** Where it runs, in which version, and when that handled messages within the range. */
  sources: firstOf(
    z.object({
      service: z.string().nullable(),
      instance: z.string().nullable(),
      version: z.string().nullable(),
      messages: count,
      firstSeenAt: iso,
      lastSeenAt: iso,
    }),
  ),
  /** Inbound messages that are no requests, as far as this router is known to have taken or refused them. */
  inbound: firstOf(z.object({ type: z.string(), routed: count, errors: count, errorCodes: codeCounts })),
  /** Components that name this router, or none and one of its services. */
  ...states,
});
export type RouterDetail = z.infer<typeof routerDetail>;
