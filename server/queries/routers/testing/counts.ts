import type { RouterMetricKind } from "@/domain/rollups/router-metrics";
import type { RouterCount } from "@/server/storage/reading/router-counts";

/** `n` counted under a counter's name, as the database gives it. */
export function countOf(metric: string, n: number, atMs: number | null = null): RouterCount {
  const [kind, router, ...name] = JSON.parse(metric) as [RouterMetricKind, string, ...RouterCount["name"]];
  return { kind, router, name, atMs, n, firstMs: atMs ?? 0, lastMs: atMs ?? 0 };
}
