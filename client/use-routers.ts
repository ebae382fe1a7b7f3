"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { routerDetail, routerList } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { useLiveRoom } from "./live/live-provider";
import { rooms } from "./live/room-names";
import { routerRoom, routersRoom } from "./live/router-rooms";
import { isoBounds, type Range } from "./range";

/** The routers of one range; a moving window is kept up to date live. */
export function useRouters(environment: string | null, range: Range) {
  const cache = useQueryClient();
  const queryKey = keys.routers(environment ?? "", range);
  const live = environment !== null && range.kind === "live";
  useLiveRoom(live ? rooms.routers(environment, range.minutes) : null, () =>
    routersRoom(cache, environment ?? "", range),
  );
  return useQuery({
    queryKey,
    enabled: environment !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => apiGet("routers", { environment, ...isoBounds(range, Date.now()) }, routerList, signal),
  });
}

/** One router over the range; a moving window is kept up to date live. */
export function useRouterOverTime(environment: string, router: string, range: Range) {
  const cache = useQueryClient();
  const queryKey = keys.router(environment, router, range);
  useLiveRoom(range.kind === "live" ? rooms.router(environment, router, range.minutes) : null, () =>
    routerRoom(cache, environment, router, range),
  );
  return useQuery({
    queryKey,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => {
      const query = { environment, ...isoBounds(range, Date.now()) };
      return apiGet(`routers/${encodeURIComponent(router)}`, query, routerDetail, signal);
    },
  });
}
