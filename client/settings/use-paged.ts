"use client";
import { type QueryKey, useInfiniteQuery } from "@tanstack/react-query";
import type { z } from "zod";
import { apiGet, type Query } from "../api";

interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

/** A list that is fetched page by page, as far as a person asks. */
export function usePaged<T, P extends Page<T>>(options: {
  queryKey: QueryKey;
  path: string;
  query: Query;
  schema: z.ZodType<P>;
  enabled: boolean;
}) {
  const { queryKey, path, query, schema, enabled } = options;
  const list = useInfiniteQuery({
    queryKey,
    enabled,
    refetchOnMount: "always",
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => apiGet(path, { ...query, cursor: pageParam }, schema, signal),
    getNextPageParam: (page) => page.nextCursor,
  });
  return { ...list, items: list.data?.pages.flatMap((page) => page.items) ?? [], first: list.data?.pages[0] };
}
