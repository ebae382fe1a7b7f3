"use client";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useCallback } from "react";
import { DEFAULT_ROUTER_SORT, ROUTER_SORTS, type RoutersView } from "./routers-view";
import { useHref } from "./url-state";

const parsers = {
  q: parseAsString,
  sort: parseAsStringLiteral(ROUTER_SORTS).withDefault(DEFAULT_ROUTER_SORT),
  page: parseAsInteger.withDefault(1),
  typesPage: parseAsInteger.withDefault(1),
};

/** What the routers page shows, in the URL. Whatever changes the order leads back to the first page. */
export function useRoutersView(): { view: RoutersView; setView(change: Partial<RoutersView>): void } {
  const [view, set] = useQueryStates(parsers, { history: "replace", shallow: true });
  const setView = (change: Partial<RoutersView>) => {
    const first = "q" in change ? { page: 1, typesPage: 1 } : "sort" in change ? { page: 1 } : {};
    void set({ ...first, ...change });
  };
  return { view, setView };
}

/** The range as the address has it, for links that keep it. */
export function useRangeQuery(): Record<"last" | "from" | "to", string | null> {
  return useQueryStates({ last: parseAsString, from: parseAsString, to: parseAsString })[0];
}

/** Makes links to a router's page that keep the range in view, or show the one that is given. */
export function useRouterHref(): (router: string, range?: { from: string; to: string }) => string {
  const href = useHref();
  const inView = useRangeQuery();
  return useCallback(
    (router, range) => href(`/routers/${encodeURIComponent(router)}`, { ...(range ?? inView) }),
    [href, inView],
  );
}
