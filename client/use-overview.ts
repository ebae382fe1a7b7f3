"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { type Overview, overview } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { useLiveRoom } from "./live/live-provider";
import { overviewRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";
import { isoBounds, type Range } from "./range";

/** Figures of one range; a moving window is kept up to date live. */
export function useOverview(environment: string | null, range: Range) {
  const cache = useQueryClient();
  const queryKey = keys.overview(environment ?? "", range);
  const live = environment !== null && range.kind === "live";
  useLiveRoom(live ? rooms.overview(environment, range.minutes) : null, () =>
    overviewRoom(cache, environment ?? "", range),
  );
  return useQuery({
    queryKey,
    enabled: environment !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = { environment, ...isoBounds(range, Date.now()) };
      const fetched = await apiGet("overview", query, overview, signal);
      const arrived = cache.getQueryData<Overview>(queryKey);
      return arrived && arrived.to > fetched.to ? arrived : fetched;
    },
  });
}
