/** The overview's figures of one range: everything countable from rollups, groups and samples from broken journeys. */
import type { JudgedState, Overview } from "@/contracts/http";
import { STEPS } from "@/domain/journeys/types";
import { defaultTarget, targetOf } from "@/domain/slo/objectives";
import { readTargets } from "@/server/storage/alerts/slo-targets";
import type { Database } from "@/server/storage/database";
import { type FailureRow, readFailures } from "@/server/storage/reading/read-failures";
import { readPresence } from "@/server/storage/reading/read-presence";
import { bucketGrid } from "./bucket-grid";
import { firstOf } from "./first-of";
import { openIncidents } from "./incidents/incidents";
import { iso } from "./iso";
import { readTallies } from "./read-tallies";
import { readRouterShares } from "./routers/router-shares";
import { ratio, Tally } from "./tally";

const MAX_FAILURE_GROUPS = 100;
const MAX_ROUTERS = 100;

export interface OverviewQuery {
  environments: string[];
  fromMs: number;
  toMs: number;
}

/** Figures of [from, to). Without data a figure is null or 0, never 100 %. */
export async function overview(
  db: Database,
  { judged, nowMs }: { judged: JudgedState; nowMs: number },
  query: OverviewQuery,
): Promise<Overview> {
  const { environments, fromMs, toMs } = query;
  const grid = bucketGrid(fromMs, toMs);
  const inEnvironments = { environment: { in: environments } };
  const [tallies, shares, failures, presence, incidents, sources, target] = await Promise.all([
    readTallies(db, environments, grid),
    readRouterShares(db, environments, grid),
    readFailures(db, { environments, from: new Date(fromMs), to: new Date(toMs), limit: MAX_FAILURE_GROUPS }),
    readPresence(db, environments),
    openIncidents(db, environments, nowMs),
    db.prisma.source.count({ where: inEnvironments }),
    reliabilityTarget(db, environments),
  ]);
  const { now, before, buckets } = tallies;
  const routers = firstOf(shares, MAX_ROUTERS);
  const bucketAt = (startMs: number) => buckets.get(startMs) ?? new Tally();
  const point = (startMs: number) => {
    const bucket = bucketAt(startMs);
    return { at: iso(startMs), good: bucket.good, bad: bucket.bad, p95Ms: bucket.percentile("latency/", 0.95) };
  };
  return {
    from: iso(fromMs),
    to: iso(toMs),
    environment: environments.length === 1 ? (environments[0] ?? "") : "*",
    reliability: { good: now.good, bad: now.bad, ratio: now.ratio, target },
    journeys: {
      running: now.get("status/running"),
      succeeded: now.get("status/succeeded"),
      degraded: now.get("status/degraded"),
      failed: now.get("status/failed"),
      abandoned: now.get("status/abandoned"),
      cancelled: now.get("status/cancelled"),
      unobserved: now.get("status/unobserved"),
    },
    series: grid.starts.map((startMs) => ({ ...point(startMs), byType: byType(bucketAt(startMs)) })),
    bucketMs: grid.bucketMs,
    previous: {
      good: before.good,
      bad: before.bad,
      ratio: before.ratio,
      p95Ms: before.percentile("latency/", 0.95),
      series: grid.starts.map((startMs) => point(startMs - grid.spanMs)),
    },
    failures: failures.map(failureGroup),
    failuresOmitted: (failures[0]?.groups ?? 0) - failures.length,
    usersAffected: failures[0]?.users_affected ?? 0,
    delivery: delivery(now),
    latencyMs: latency(now),
    funnel: STEPS.map((step) => ({ step, count: now.get(`funnel/${step}`) })),
    routers: routers.items,
    routersOmitted: routers.omitted,
    connections: {
      open: presence.open,
      opened: now.get("conn/opened"),
      authenticated: now.get("conn/authenticated"),
      rejected: now.get("conn/rejected"),
      abnormalCloses: now.get("conn/abnormal"),
      authP95Ms: now.percentile("connauth/", 0.95),
    },
    incidents,
    judged,
    seen: { events: presence.seen, sources },
  };
}

/** That of the one environment; of several the strictest. */
/** The strictest target of these environments. */
export async function reliabilityTarget({ pool }: Database, environments: readonly string[]): Promise<number> {
  const stored = await readTargets(pool, environments);
  const targets = environments.map((environment) => targetOf("golden_path", stored(environment).targets));
  return targets.length === 0 ? defaultTarget("golden_path") : Math.max(...targets);
}

function byType(bucket: Tally) {
  return Object.fromEntries(
    [...bucket.named("delivery/")].map(([type, counts]) => [
      type,
      { emitted: counts.get("emitted") ?? 0, delivered: counts.get("delivered") ?? 0 },
    ]),
  );
}

function delivery(now: Tally): Overview["delivery"] {
  return Object.fromEntries(
    [...now.named("delivery/")].map(([type, counts]) => {
      const of = (field: string) => counts.get(field) ?? 0;
      const [emitted, delivered, acked] = [of("emitted"), of("delivered"), of("acked")];
      return [type, { emitted, delivered, acked, ratio: ratio(delivered, emitted) }];
    }),
  );
}

function latency(now: Tally): Overview["latencyMs"] {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((p) => now.percentile("latency/", p));
  return p50 == null || p95 == null || p99 == null ? null : { p50, p95, p99 };
}

function failureGroup(row: FailureRow): Overview["failures"][number] {
  return {
    finding: row.finding,
    step: row.step,
    router: row.router,
    version: row.version,
    instance: row.instance,
    count: row.count,
    users: row.users,
    firstSeenAt: iso(row.first_seen_at),
    lastSeenAt: iso(row.last_seen_at),
    sampleIds: row.sample_ids,
  };
}
