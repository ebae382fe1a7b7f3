/** Where a router runs, in which version, and when that handled messages. Pure. */
import type { RouterDetail } from "@/contracts/http";
import type { RouterCount } from "@/server/storage/reading/router-counts";
import type { BucketGrid } from "../bucket-grid";
import { firstOf } from "../first-of";
import { MAX_SOURCES } from "./bounds";
import { textOrNull } from "./figures";
import { onGrain } from "./over-time";

/** Services, instances and versions of one router, busiest first. */
export function sourcesOf(counts: readonly RouterCount[], grid: BucketGrid): RouterDetail["sources"] {
  const sources = new Map<string, RouterDetail["sources"]["items"][number]>();
  const rows = counts.filter(({ kind, n }) => kind === "source" && n > 0);
  for (const { name, n, firstMs, lastMs } of rows.sort((a, b) => a.firstMs - b.firstMs)) {
    const [service, instance, version] = name.map(textOrNull);
    const known = sources.get(JSON.stringify(name));
    const first = { firstSeenAt: onGrain(firstMs, grid), lastSeenAt: onGrain(lastMs, grid), messages: 0 };
    const source = known ?? {
      service: service ?? null,
      instance: instance ?? null,
      version: version ?? null,
      ...first,
    };
    source.messages += n;
    if (onGrain(lastMs, grid) > source.lastSeenAt) source.lastSeenAt = onGrain(lastMs, grid);
    sources.set(JSON.stringify(name), source);
  }
  const sorted = [...sources.values()].sort((a, b) => b.messages - a.messages || (nameOf(a) < nameOf(b) ? -1 : 1));
  return firstOf(sorted, MAX_SOURCES);
}

function nameOf({ service, instance, version }: RouterDetail["sources"]["items"][number]): string {
  return JSON.stringify([service, instance, version]);
}
