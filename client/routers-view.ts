/** What the routers page shows, as the URL says it. */
export const ROUTER_SORTS = ["messages", "errors", "latency", "seen", "name"] as const;
export type RouterSort = (typeof ROUTER_SORTS)[number];
export const DEFAULT_ROUTER_SORT: RouterSort = "messages";

export interface RoutersView {
  /** Part of the name of a router, a handler or a message type. */
  q: string | null;
  sort: RouterSort;
  /** Page of the routers, from 1. */
  page: number;
  /** Page of the message types, from 1. */
  typesPage: number;
}
