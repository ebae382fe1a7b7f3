"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type RuleChangeBody, type RuleList, ruleList } from "@/contracts/http";
import type { AlertRuleId } from "@/domain/alerts/rules";
import { type ApiError, apiGet, apiSend } from "./api";
import { keys } from "./keys";
import { useFreshQuery } from "./settings/use-fresh-query";
import { useAlerts } from "./use-alerts";

/** Rules of this environment; read again whenever they were looked at. */
export function useAlertRules(environment: string | null) {
  useAlerts(environment);
  return useFreshQuery({
    queryKey: keys.alertRules(environment ?? ""),
    enabled: environment !== null,
    queryFn: ({ signal }) => apiGet("alert-rules", { environment }, ruleList, signal),
  });
}

export function useSaveRule(environment: string, rule: AlertRuleId) {
  const cache = useQueryClient();
  return useMutation<RuleList, ApiError, RuleChangeBody>({
    mutationFn: (body) => apiSend("PUT", `alert-rules/${rule}`, { query: { environment }, body }, ruleList),
    onSuccess: (saved) => cache.setQueryData(keys.alertRules(environment), saved),
    onError: () => cache.invalidateQueries({ queryKey: keys.alertRules(environment) }),
  });
}
