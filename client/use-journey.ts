"use client";
import { skipToken, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { type JourneyDetail, journeyDetail, type TelemetryEventView } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import type { Correction } from "./live/correction";
import { useLiveRoom } from "./live/live-provider";
import { journeyRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";

/** One journey, kept up to date live. Without an environment: the newest of that id. */
export function useJourney(environment: string | null, id: string) {
  const cache = useQueryClient();
  const queryKey = keys.journey(environment, id);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<JourneyDetail> => {
      const fetched = await apiGet(`journeys/${encodeURIComponent(id)}`, { environment }, journeyDetail, signal);
      const arrived = cache.getQueryData<JourneyDetail>(queryKey);
      return arrived && arrived.judgedAt > fetched.judgedAt ? arrived : fetched;
    },
  });
  const actual = query.data?.environment;
  useLiveRoom(actual === undefined ? null : rooms.journey(actual, id), () => journeyRoom(cache, queryKey, id));
  const correction = useQuery<Correction>({ queryKey: keys.correction(actual ?? "", id), queryFn: skipToken });
  return { ...query, correction: correction.data ?? null };
}

export interface JourneyEvents {
  events: TelemetryEventView[];
  hasMore: boolean;
  loading: boolean;
  error: Error | null;
  loadMore(): void;
}

/** The journey's events by time: the first page comes with the journey, further pages when asked for. */
export function useJourneyEvents(journey: JourneyDetail): JourneyEvents {
  const first = journey.events;
  const query = useInfiniteQuery({
    queryKey: keys.journeyEvents(journey.environment, journey.id, first.nextCursor),
    enabled: false,
    initialPageParam: first.nextCursor,
    queryFn: async ({ pageParam, signal }) => {
      const search = { environment: journey.environment, eventsCursor: pageParam };
      const answer = await apiGet(`journeys/${encodeURIComponent(journey.id)}`, search, journeyDetail, signal);
      return answer.events;
    },
    getNextPageParam: (last) => last.nextCursor,
  });
  const pages = query.data?.pages;
  const events = useMemo(() => {
    const byId = new Map<string, TelemetryEventView>();
    for (const event of first.items) byId.set(event.id, event);
    for (const page of pages ?? []) for (const event of page.items) byId.set(event.id, event);
    return [...byId.values()];
  }, [first.items, pages]);
  return {
    events,
    hasMore: pages ? query.hasNextPage : first.nextCursor !== null,
    loading: query.isFetching,
    error: query.error,
    loadMore: () => void (pages ? query.fetchNextPage() : query.refetch()),
  };
}
