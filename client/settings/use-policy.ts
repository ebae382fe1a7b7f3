"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type PolicyChange, policyDryRun, policyView } from "@/contracts/settings";
import { apiGet, apiSend } from "../api";
import { keys } from "../keys";
import { useFreshQuery } from "./use-fresh-query";

/** The policy of an environment, with its versions. */
export function usePolicy(environment: string | null) {
  return useFreshQuery({
    queryKey: keys.policy(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("policy", { environment }, policyView, signal),
  });
}

/** What a change would do; nothing is saved. */
export function usePolicyDryRun(environment: string | null) {
  return useMutation({
    mutationFn: (body: PolicyChange) =>
      apiSend("PUT", "policy", { query: { environment, dryRun: "true" }, body }, policyDryRun),
  });
}

/** Saves a change as a new version. */
export function useSavePolicy(environment: string | null) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: PolicyChange) => apiSend("PUT", "policy", { query: { environment }, body }, policyView),
    onSuccess: (saved) => cache.setQueryData(keys.policy(saved.environment), saved),
  });
}
