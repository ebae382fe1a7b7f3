"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type NewSilence, type SilenceList, type SilenceRow, silenceList, silenceRow } from "@/contracts/http";
import { type ApiError, apiSend } from "./api";
import { keys } from "./keys";
import { usePaged } from "./settings/use-paged";
import { useAlerts } from "./use-alerts";

/** Silences of this environment; read again whenever alerts were looked at. */
export function useSilences(environment: string | null, state: "standing" | "ended") {
  useAlerts(environment);
  return usePaged<SilenceRow, SilenceList>({
    queryKey: keys.silences(environment ?? "", state),
    path: "silences",
    query: { environment, state, limit: 50 },
    schema: silenceList,
    enabled: environment !== null,
  });
}

export function useCreateSilence(environment: string) {
  const renew = useRenew(environment);
  return useMutation<SilenceRow, ApiError, NewSilence>({
    mutationFn: (body) => apiSend("POST", "silences", { query: { environment }, body }, silenceRow),
    onSuccess: renew,
  });
}

export function useEndSilence(environment: string) {
  const renew = useRenew(environment);
  return useMutation<SilenceRow, ApiError, string>({
    mutationFn: (id) => apiSend("DELETE", `silences/${id}`, { query: { environment } }, silenceRow),
    onSettled: renew,
  });
}

function useRenew(environment: string) {
  const cache = useQueryClient();
  return () => void cache.invalidateQueries({ queryKey: ["silences", environment] });
}
