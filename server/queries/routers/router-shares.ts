/** Who handles the messages: figures by router of one stretch of time. */
import type { Overview } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { readRouterCounts } from "@/server/storage/reading/router-counts";
import type { BucketGrid } from "../bucket-grid";
import { figuresByRouter } from "./figures";
import { stretchesOfRange } from "./stretches";

/** Routers of a grid's whole range by the messages they handled, busiest first. Shares are of all routers' messages. */
export async function readRouterShares(
  db: Database,
  environments: string[],
  grid: BucketGrid,
): Promise<Overview["routers"]> {
  const stretches = stretchesOfRange("message", grid);
  const counts = await readRouterCounts(db, { environments, router: null, stretches, bucketMs: grid.bucketMs });
  const routers = [...figuresByRouter(counts)].filter(([, { messages }]) => messages > 0);
  const total = routers.reduce((sum, [, { messages }]) => sum + messages, 0);
  return routers
    .sort(([a, first], [b, second]) => second.messages - first.messages || (a < b ? -1 : 1))
    .map(([router, { messages, codes }]) => ({ router, messages, errors: codes.total, share: messages / total }));
}
