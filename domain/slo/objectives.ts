/** What users are promised, as shares of what was counted. Names of counters are those of domain/rollups. */
import { bucketMs } from "../rollups/latency-bucket";
import { CRITICAL_TYPES, type CriticalType } from "../telemetry/event";

export const DELIVERIES = CRITICAL_TYPES.map((type) => `delivery/${type}` as const);
export type DeliveryObjective = `delivery/${CriticalType}`;
const OTHERS = [
  ...(["golden_path", "message_failure", "response_time"] as const),
  ...(["connection_success", "connection_time"] as const),
] as const;

/**
 * `golden_path`: finished journeys that were good. `message_failure`: messages that no router failed. `response_time`:
 * responses within the policy's `slowResponseMs`. `connection_success`: users let in, of all who were let in or refused.
 * `connection_time`: users let in within two seconds of connecting. `delivery/<type>`: messages of a critical type that
 * reached their user; those for a user who went away do not count.
 */
export const OBJECTIVES = [...OTHERS, ...DELIVERIES] as const;
export type Objective = (typeof OTHERS)[number] | DeliveryObjective;

/** Share of finished journeys that must be good. */
export const GOLDEN_PATH_TARGET = 0.995;
const TARGETS: Record<(typeof OTHERS)[number], number> = {
  golden_path: GOLDEN_PATH_TARGET,
  message_failure: 0.999,
  response_time: 0.95,
  connection_success: 0.99,
  connection_time: 0.99,
};
const DELIVERY_TARGET = 0.999;

/** A target of everything would leave no budget to spend, and one below half is no promise. */
export const TARGET_BOUNDS = { least: 0.5, most: 0.99999 } as const;

export const CONNECTION_TIME_MS = 2_000;

export function isDelivery(objective: Objective): objective is DeliveryObjective {
  return objective.startsWith("delivery/");
}

/** What counts where nobody set a target. */
export function defaultTarget(objective: Objective): number {
  return isDelivery(objective) ? DELIVERY_TARGET : TARGETS[objective];
}

/** Targets that somebody set. */
export type OwnTargets = Readonly<Partial<Record<Objective, number>>>;

export function targetOf(objective: Objective, own: OwnTargets): number {
  return own[objective] ?? defaultTarget(objective);
}

export interface Counts {
  good: number;
  total: number;
}

/** Counters of a stretch of time, by metric. Messages that routers handled come as `routed/ok` and `routed/failed`. */
export type Metrics = ReadonlyMap<string, number>;

/** How much of what was counted was good. Counters are corrected later, so that a figure may be below zero for a moment: then it is 0. */
export function countsOf(objective: Objective, metrics: Metrics, slowResponseMs: number): Counts {
  const get = (metric: string) => Math.max(0, metrics.get(metric) ?? 0);
  if (isDelivery(objective))
    return counts(get(`${objective}/delivered`), get(`${objective}/emitted`) - get(`${objective}/excused`));
  switch (objective) {
    case "golden_path": {
      const good = get("status/succeeded") + get("status/degraded");
      return counts(good, good + get("status/failed"));
    }
    case "message_failure":
      return counts(get("routed/ok"), get("routed/ok") + get("routed/failed"));
    case "response_time":
      return within(metrics, "latency/", slowResponseMs);
    case "connection_success":
      return counts(get("conn/authenticated"), get("conn/authenticated") + get("conn/rejected"));
    case "connection_time":
      return within(metrics, "connauth/", CONNECTION_TIME_MS);
  }
}

function within(metrics: Metrics, prefix: string, limitMs: number): Counts {
  let [good, total] = [0, 0];
  for (const [metric, n] of metrics) {
    if (!metric.startsWith(prefix) || n <= 0) continue;
    total += n;
    if (bucketMs(Number(metric.slice(prefix.length))) <= limitMs) good += n;
  }
  return { good, total };
}

function counts(good: number, total: number): Counts {
  return { good: Math.min(good, total), total };
}
