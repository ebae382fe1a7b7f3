"use client";
/** Campaigns, evaluated whenever their page is opened. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type CampaignChange, campaign, campaignList } from "@/contracts/http";
import { apiGet, apiSend } from "./api";
import { keys } from "./keys";
import { useFreshQuery } from "./settings/use-fresh-query";

export function useCampaigns(environment: string | null) {
  return useFreshQuery({
    queryKey: keys.campaigns(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("campaigns", { environment }, campaignList, signal),
  });
}

export function useCampaign(id: string) {
  return useFreshQuery({
    queryKey: keys.campaign(id),
    queryFn: ({ signal }) => apiGet(`campaigns/${encodeURIComponent(id)}`, {}, campaign, signal),
  });
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
