"use client";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type NewView, type SavedView, savedView, type ViewList, viewList } from "@/contracts/http";
import { apiGet, apiSend } from "./api";
import { keys } from "./keys";

const NONE: SavedView[] = [];

/** The saved views of the installation, asked for anew whenever somebody wants to see them. */
export function useViews(wanted: boolean) {
  const query = useQuery({
    queryKey: keys.views(),
    enabled: wanted,
    staleTime: 0,
    queryFn: ({ signal }) => apiGet("views", {}, viewList, signal),
  });
  return { views: query.data?.items ?? NONE, mayChange: query.data?.mayChange ?? false, ...query };
}

/** Saves, renames and deletes; the list shows it at once. */
export function useChangeViews() {
  const cache = useQueryClient();
  const onSuccess = () => cache.invalidateQueries({ queryKey: keys.views() });
  const save = useMutation({
    mutationFn: (view: NewView) => apiSend("POST", "views", { body: view }, savedView),
    onSuccess,
  });
  const rename = useMutation({
    mutationFn: ({ id, name }: { id: string; name: string }) =>
      apiSend("PATCH", `views/${encodeURIComponent(id)}`, { body: { name } }, savedView),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (id: string) => apiSend("DELETE", `views/${encodeURIComponent(id)}`, {}, savedView),
    onSuccess: (gone) => {
      cache.setQueryData<ViewList>(
        keys.views(),
        (list) => list && { ...list, items: list.items.filter(({ id }) => id !== gone.id) },
      );
      return onSuccess();
    },
  });
  return { save, rename, remove };
}
