import type { Overview } from "@/contracts/http";

const FROM_MS = Date.parse("2026-01-31T12:00:00.000Z");
type Bucket = { good: number; bad: number; p95Ms: number | null };

function buckets(list: Bucket[]) {
  return list.map((bucket, index) => ({ ...bucket, at: new Date(FROM_MS + index * 60_000).toISOString(), byType: {} }));
}

/** An overview with these buckets; totals as they add up. */
export function overviewOf(series: Bucket[], change: Partial<Overview> = {}): Overview {
  const good = series.reduce((sum, bucket) => sum + bucket.good, 0);
  const bad = series.reduce((sum, bucket) => sum + bucket.bad, 0);
  return {
    from: new Date(FROM_MS).toISOString(),
    to: new Date(FROM_MS + series.length * 60_000).toISOString(),
    environment: "default",
    reliability: { good, bad, ratio: good + bad === 0 ? null : good / (good + bad), target: 0.995 },
    journeys: { running: 0, succeeded: good, degraded: 0, failed: bad, abandoned: 0, cancelled: 0, unobserved: 0 },
    series: buckets(series),
    bucketMs: 60_000,
    previous: { good: 0, bad: 0, ratio: null, p95Ms: null, series: [] },
    failures: [],
    failuresOmitted: 0,
    routersOmitted: 0,
    usersAffected: 0,
    delivery: {},
    latencyMs: null,
    funnel: [],
    routers: [],
    connections: { open: 0, opened: 0, authenticated: 0, rejected: 0, abnormalCloses: 0, authP95Ms: null },
    incidents: { open: 0, critical: 0 },
    judged: { upTo: new Date(FROM_MS).toISOString(), backlog: 0, setAside: 0 },
    seen: { events: true, sources: 0 },
    ...change,
  };
}
