import type { RouterCount } from "@/server/storage/reading/router-counts";
import type { RouterSighting } from "@/server/storage/reading/router-sightings";

/** When each router was seen: what is folded, and what was counted since. Pure. */
export function sightingsWith(
  folded: readonly RouterSighting[],
  counts: readonly RouterCount[],
): Map<string, RouterSighting> {
  const known = new Set(folded.map(({ router }) => router));
  const seen = new Map(folded.map((sighting) => [sighting.router, { ...sighting }]));
  for (const { kind, router, firstMs, lastMs, n } of counts) {
    if (kind !== "message" || n <= 0) continue;
    const sighting = seen.get(router) ?? { router, firstMs, lastMs };
    seen.set(router, sighting);
    sighting.lastMs = Math.max(sighting.lastMs, lastMs);
    // Rows of hours begin before what they count: where a router is known, its first minute is known better.
    if (!known.has(router)) sighting.firstMs = Math.min(sighting.firstMs, firstMs);
  }
  return seen;
}
