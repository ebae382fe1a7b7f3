"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type AllowedFieldsChange, allowedFieldsView } from "@/contracts/settings";
import { apiGet, apiSend } from "../api";
import { keys } from "../keys";
import { useFreshQuery } from "./use-fresh-query";

/** Field names whose plain values are stored. */
export function useAllowedFields() {
  return useFreshQuery({
    queryKey: keys.allowedFields(),
    queryFn: ({ signal }) => apiGet("allowed-fields", {}, allowedFieldsView, signal),
  });
}

export function useSaveAllowedFields() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: AllowedFieldsChange) => apiSend("PUT", "allowed-fields", { body }, allowedFieldsView),
    onSuccess: (saved) => cache.setQueryData(keys.allowedFields(), saved),
  });
}
