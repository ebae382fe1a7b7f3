import type { RouterRow } from "@/contracts/http";
import type { RouterSighting } from "@/server/storage/reading/router-sightings";
import { isoOrNull } from "../iso";
import { codeCounts, type Figures, latencyOf, namedCounts } from "./figures";

/** A router as it is answered. `total` = messages of all routers. */
export function routerRow(
  router: string,
  figures: Figures,
  sighting: RouterSighting | undefined,
  total: number,
): RouterRow {
  const { messages, codes, services, instances, versions } = figures;
  return {
    router,
    messages,
    share: total > 0 ? messages / total : 0,
    errors: codes.total,
    errorCodes: codeCounts(codes),
    latencyMs: latencyOf(figures),
    firstSeenAt: isoOrNull(sighting?.firstMs ?? null),
    lastSeenAt: isoOrNull(sighting?.lastMs ?? null),
    versions: namedCounts(versions),
    instances: namedCounts(instances),
    services: namedCounts(services),
  };
}
