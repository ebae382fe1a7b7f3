"use client";
/** Campaigns, evaluated when their page is opened and kept up to date live. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type CampaignChange, campaign, campaignList } from "@/contracts/http";
import { apiGet, apiSend } from "./api";
import { keys } from "./keys";
import { campaignRoom } from "./live/consolidation-rooms";
import { useLiveRoom } from "./live/live-provider";
import { rooms } from "./live/room-names";
import { useFreshQuery } from "./settings/use-fresh-query";
import { useConsolidationNews } from "./use-consolidation-news";

export function useCampaigns(environment: string | null) {
  useConsolidationNews(environment);
  return useFreshQuery({
    queryKey: keys.campaigns(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("campaigns", { environment }, campaignList, signal),
  });
}

export function useCampaign(id: string) {
  const cache = useQueryClient();
  const query = useFreshQuery({
    queryKey: keys.campaign(id),
    queryFn: ({ signal }) => apiGet(`campaigns/${encodeURIComponent(id)}`, {}, campaign, signal),
  });
  const environment = query.data?.environment;
  useLiveRoom(environment === undefined ? null : rooms.campaign(environment, id), () => campaignRoom(cache, id));
  return query;
}

export function usePutCampaign() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: string; change: CampaignChange }) =>
      apiSend("PUT", `campaigns/${encodeURIComponent(id)}`, { body: change }, campaign),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.allCampaigns() }),
  });
}

export function useDeleteCampaign() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => apiSend("DELETE", `campaigns/${encodeURIComponent(id)}`, {}, campaign),
    onSuccess: () => cache.invalidateQueries({ queryKey: keys.allCampaigns() }),
  });
}
