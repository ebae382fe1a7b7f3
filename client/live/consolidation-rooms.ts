/** What the rooms of the consolidation do to the query cache. */
import type { QueryClient } from "@tanstack/react-query";
import type { Campaign, CampaignList, ConsolidationPulse, RoutersInCode } from "@/contracts/http";
import { roomPayloads } from "@/contracts/live";
import { keys } from "../keys";
import type { RoomHandler } from "./live-rooms";
import { parsed, put } from "./room-handlers";

export function routersInCodeRoom(cache: QueryClient, environment: string): RoomHandler {
  const apply = (data: RoutersInCode) => put<RoutersInCode>(cache, keys.routersInCode(environment), data);
  return {
    snapshot: parsed(roomPayloads["routers-in-code"].data, apply),
    delta: parsed(roomPayloads["routers-in-code"].patch, apply),
    replaces: true,
  };
}

/** Campaigns are put as they stand; a scan or a run that came since is fetched where it is shown. */
export function consolidationRoom(cache: QueryClient, environment: string): RoomHandler {
  let known: Pick<ConsolidationPulse, "scannedAt" | "ranAt"> | null = null;
  const apply = ({ scannedAt, ranAt, campaigns }: ConsolidationPulse) => {
    put<CampaignList>(cache, keys.campaigns(environment), campaigns);
    const before = known;
    known = { scannedAt, ranAt };
    if (before && before.scannedAt !== scannedAt) {
      void cache.invalidateQueries({ queryKey: ["consolidation", environment] });
      void cache.invalidateQueries({ queryKey: ["scan"] });
    }
    if (before && before.ranAt !== ranAt) {
      void cache.invalidateQueries({ queryKey: keys.testSuites(environment) });
      void cache.invalidateQueries({ queryKey: ["test-runs", environment] });
    }
  };
  return {
    snapshot: parsed(roomPayloads.consolidation.data, apply),
    delta: parsed(roomPayloads.consolidation.patch, apply),
    replaces: true,
  };
}

/** A campaign that was deleted stays what the query said of it. */
export function campaignRoom(cache: QueryClient, id: string): RoomHandler {
  const apply = (data: Campaign | null) => {
    if (data) put<Campaign>(cache, keys.campaign(id), data);
  };
  return {
    snapshot: parsed(roomPayloads.campaign.data, apply),
    delta: parsed(roomPayloads.campaign.patch, apply),
    replaces: true,
  };
}
