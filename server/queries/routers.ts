import type { RouterList } from "@/contracts/http";
import type { Database } from "@/server/storage/database";
import { bucketGrid } from "./bucket-grid";
import { iso } from "./iso";
import type { OverviewQuery } from "./overview";
import { readTallies } from "./read-tallies";
import { routerShares } from "./router-shares";

const MAX_ROUTERS = 1_000;

/** Routers of a range by the messages they handled, busiest first. */
export async function routerList(db: Database, { environments, fromMs, toMs }: OverviewQuery): Promise<RouterList> {
  const { now } = await readTallies(db, environments, bucketGrid(fromMs, toMs));
  const routers = routerShares(now);
  return {
    from: iso(fromMs),
    to: iso(toMs),
    environment: environments.length === 1 ? (environments[0] ?? "") : "*",
    items: routers.slice(0, MAX_ROUTERS),
    omitted: Math.max(0, routers.length - MAX_ROUTERS),
  };
}
