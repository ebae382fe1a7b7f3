"use client";
import { keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type UserList, userList } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { isoBounds } from "./range";
import { useJourneyChanges } from "./use-journeys";
import type { UsersView } from "./users-view";

const PAGE_SIZE = 100;
/** Rows kept in one list; beyond it the page asks for a search. */
export const MAX_USERS = 2_000;
/** A list is fetched again at most so often, however much happens. */
const RENEW_MS = 2_000;

interface PageParam {
  cursor: string | null;
  /** The bounds of the first page, which the others keep. */
  bounds: { from: string; to: string } | null;
}

/** Users in the order asked for, page by page. */
export function useUsers(environment: string | null, view: UsersView) {
  return useInfiniteQuery({
    queryKey: keys.users(environment ?? "", view),
    enabled: environment !== null,
    placeholderData: keepPreviousData,
    initialPageParam: { cursor: null, bounds: null } as PageParam,
    queryFn: async ({ pageParam, signal }): Promise<UserList & Pick<PageParam, "bounds">> => {
      const bounds = pageParam.bounds ?? (view.range && isoBounds(view.range, Date.now()));
      const query = { environment, q: view.q, sort: view.sort, ...bounds, cursor: pageParam.cursor, limit: PAGE_SIZE };
      return { ...(await apiGet("users", query, userList, signal)), bounds };
    },
    getNextPageParam: ({ nextCursor, bounds }, pages): PageParam | null =>
      nextCursor === null || pages.length * PAGE_SIZE >= MAX_USERS ? null : { cursor: nextCursor, bounds },
  });
}

/**
 * Renews the list when journeys change; while `held`, counts the users to whom something happened instead. Only users
 * whose rows may be stale by then are counted.
 */
export function useUsersRenewal(environment: string | null, view: UsersView, held: boolean) {
  const cache = useQueryClient();
  const { changes } = useJourneyChanges(environment);
  const [shown, setShown] = useState(changes);
  const renewedMs = useRef(0);
  const fixed = view.range?.kind === "fixed";
  const fresh = changes.upserts.filter((row) => !shown.upserts.includes(row));
  const waiting = fixed ? 0 : new Set(fresh.flatMap(({ owner }) => owner ?? [])).size;

  function renew() {
    renewedMs.current = Date.now();
    setShown(changes);
    void cache.invalidateQueries({ queryKey: keys.users(environment ?? "", view) });
  }
  const latest = useRef(renew);
  useEffect(() => {
    latest.current = renew;
  });
  useEffect(() => {
    if (held || waiting === 0) return;
    const timer = setTimeout(() => latest.current(), Math.max(0, renewedMs.current + RENEW_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [held, waiting]);
  return { waiting, renew };
}
