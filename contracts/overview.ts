/** The overview's answer: reliability, volume, latency and failures of one range. */
import { z } from "zod";

const iso = z.string();

export const judgedState = z.object({
  /** Everything received up to here is judged. */
  upTo: iso,
  /** Marks waiting in the queue. */
  backlog: z.number(),
  /** Subjects set aside because judging them threw. */
  setAside: z.number(),
});
export type JudgedState = z.infer<typeof judgedState>;

const count = z.number();
export const overview = z.object({
  from: iso,
  to: iso,
  environment: z.string(),
  reliability: z.object({ good: count, bad: count, ratio: z.number().nullable(), target: z.number() }),
  journeys: z.object({
    running: count,
    succeeded: count,
    degraded: count,
    failed: count,
    abandoned: count,
    cancelled: count,
    unobserved: count,
  }),
  /** One entry a bucket over the whole range, empty buckets included. */
  series: z.array(
    z.object({
      at: iso,
      good: count,
      bad: count,
      p95Ms: z.number().nullable(),
      byType: z.record(z.string(), z.object({ emitted: count, delivered: count })),
    }),
  ),
  bucketMs: z.number(),
  /** The same figures for the period of equal length before `from`. */
  previous: z.object({
    good: count,
    bad: count,
    ratio: z.number().nullable(),
    p95Ms: z.number().nullable(),
    series: z.array(z.object({ at: iso, good: count, bad: count, p95Ms: z.number().nullable() })),
  }),
  failures: z.array(
    z.object({
      finding: z.string(),
      step: z.string().nullable(),
      router: z.string().nullable(),
      version: z.string().nullable(),
      instance: z.string().nullable(),
      count,
      users: count,
      firstSeenAt: iso,
      lastSeenAt: iso,
      sampleIds: z.array(z.string()),
    }),
  ),
  /** Groups beyond those listed, so that nothing is cut silently. */
  failuresOmitted: count,
  usersAffected: count,
  delivery: z.record(
    z.string(),
    z.object({ emitted: count, delivered: count, acked: count, ratio: z.number().nullable() }),
  ),
  latencyMs: z.object({ p50: z.number(), p95: z.number(), p99: z.number() }).nullable(),
  funnel: z.array(z.object({ step: z.string(), count })),
  /** Busiest first; shares are of all routers, listed or not. */
  routers: z.array(z.object({ router: z.string(), messages: count, share: z.number(), errors: count })),
  routersOmitted: count,
  connections: z.object({
    open: count,
    opened: count,
    authenticated: count,
    rejected: count,
    abnormalCloses: count,
    authP95Ms: z.number().nullable(),
  }),
  incidents: z.object({ open: count, critical: count }),
  judged: judgedState,
  /** Whether anything was ever observed in this environment, and whether sources are configured. */
  seen: z.object({ events: z.boolean(), sources: count }),
});
export type Overview = z.infer<typeof overview>;
