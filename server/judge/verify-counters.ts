/** Counters added up from recomputed contributions. */
import type { Contribution } from "@/domain/rollups/contribution";

export interface Counters {
  add(environment: string, contribution: Contribution): void;
  /** By `[environment, bucketMs, metric]` as JSON. */
  of(grain: "minute" | "hour"): Map<string, number>;
  size(): number;
}

const HOUR_MS = 3_600_000;

export function createCounters(): Counters {
  const minutes = new Map<string, number>();
  const hours = new Map<string, number>();
  const count = (map: Map<string, number>, key: string, n: number) => map.set(key, (map.get(key) ?? 0) + n);
  return {
    add(environment, { minuteMs, metrics }) {
      const hourMs = Math.floor(minuteMs / HOUR_MS) * HOUR_MS;
      for (const [metric, n] of Object.entries(metrics)) {
        count(minutes, JSON.stringify([environment, minuteMs, metric]), n);
        count(hours, JSON.stringify([environment, hourMs, metric]), n);
      }
    },
    of: (grain) => new Map(grain === "minute" ? minutes : hours),
    size: () => minutes.size + hours.size,
  };
}
