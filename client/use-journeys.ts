"use client";
import { skipToken, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { type JourneyList, type JudgedState, journeyList } from "@/contracts/http";
import { apiGet } from "./api";
import type { JourneyFilters } from "./journey-filters";
import { keys } from "./keys";
import { type JourneyChanges, NO_CHANGES } from "./live/journey-changes";
import { useLiveRoom } from "./live/live-provider";
import { journeysRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";

export const PAGE_SIZE = 100;
/** Rows kept in one list; beyond it the page asks for a narrower filter. */
export const MAX_ROWS = 5_000;

/** The journeys that match, page by page. */
export function useJourneys(environment: string | null, filters: JourneyFilters) {
  return useInfiniteQuery({
    queryKey: keys.journeys(environment ?? "", filters),
    enabled: environment !== null,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }): Promise<JourneyList> =>
      apiGet("journeys", { environment, ...filters, cursor: pageParam, limit: PAGE_SIZE }, journeyList, signal),
    getNextPageParam: (last, pages) => (pages.length * PAGE_SIZE >= MAX_ROWS ? null : last.nextCursor),
  });
}

/** What changed live since the list was fetched. */
export function useJourneyChanges(environment: string | null): { changes: JourneyChanges; reload(): void } {
  const cache = useQueryClient();
  const queryKey = keys.journeyChanges(environment ?? "");
  const { data } = useQuery<JourneyChanges>({ queryKey, queryFn: skipToken });
  return {
    changes: data ?? NO_CHANGES,
    reload() {
      cache.setQueryData<JourneyChanges>(queryKey, NO_CHANGES);
      void cache.invalidateQueries({ queryKey: ["journeys", environment ?? ""] });
    },
  };
}

/** How far judging has come and when that was heard. Joins the journeys room, which every page keeps open for it. */
export function useJudged(environment: string | null): { judged: JudgedState | null; heardAtMs: number } {
  const cache = useQueryClient();
  useLiveRoom(environment === null ? null : rooms.journeys(environment), () => journeysRoom(cache, environment ?? ""));
  const { data, dataUpdatedAt } = useQuery<JudgedState>({
    queryKey: keys.judged(environment ?? ""),
    queryFn: skipToken,
  });
  return { judged: data ?? null, heardAtMs: dataUpdatedAt };
}
