"use client";
/** Canary tokens: issued, listed and deleted; for admins only. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  type CanaryList,
  type CanaryRow,
  canaryList,
  canaryRow,
  createdCanary,
  type NewCanary,
} from "@/contracts/canaries";
import { apiSend } from "../api";
import { keys } from "../keys";
import { usePaged } from "./use-paged";

const PAGE = 50;

export function useCanaries(enabled: boolean) {
  return usePaged<CanaryRow, CanaryList>({
    queryKey: keys.canaries(),
    path: "canaries",
    query: { limit: PAGE },
    schema: canaryList,
    enabled,
  });
}

export function useIssueCanary() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (body: NewCanary) => apiSend("POST", "canaries", { body }, createdCanary),
    onSuccess: renew,
  });
}

export function useDeleteCanary() {
  const renew = useRenew();
  return useMutation({
    mutationFn: (id: string) => apiSend("DELETE", `canaries/${encodeURIComponent(id)}`, {}, canaryRow),
    onSuccess: renew,
  });
}

/** The audit log tells of every change. */
function useRenew() {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: keys.settings() });
}
