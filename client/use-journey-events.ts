"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { type JourneyDetail, type JourneyEventPage, journeyEventPage, type TelemetryEventView } from "@/contracts/http";
import { ApiError, apiGet, type Query } from "./api";
import { type JoinedPages, joinPages } from "./join-pages";
import { keys } from "./keys";

export interface JourneyEvents extends Pick<JoinedPages, "events" | "gapAt"> {
  hasMore: boolean;
  loading: boolean;
  error: Error | null;
  /** The journey has no event of the id that is wanted. */
  missing: boolean;
  /** Fetches what follows the last event. */
  loadMore(): void;
  /** Fetches what lies before the gap's end. */
  loadEarlier(): void;
}

const NONE: TelemetryEventView[] = [];

function usePages(journey: JourneyDetail, start: Query | null, enabled: boolean) {
  const path = `journeys/${encodeURIComponent(journey.id)}/events`;
  const about = { environment: journey.environment, key: journey.key };
  const query = useInfiniteQuery({
    queryKey: keys.journeyEvents(journey.environment, journey.key, start),
    enabled: enabled && start !== null,
    initialPageParam: start ?? {},
    queryFn: ({ pageParam, signal }): Promise<JourneyEventPage> =>
      apiGet(path, { ...about, ...pageParam }, journeyEventPage, signal),
    getNextPageParam: (last): Query | null => (last.nextCursor === null ? null : { cursor: last.nextCursor }),
    getPreviousPageParam: (first): Query | null =>
      first.previousCursor === null ? null : { before: first.previousCursor },
  });
  const pages = query.data?.pages;
  const events = useMemo(() => pages?.flatMap((page) => page.items) ?? NONE, [pages]);
  return { ...query, events };
}

/**
 * The journey's events by time: the first page comes with the journey, further ones when asked for. The wanted event is
 * found wherever it is: only the page around it is fetched.
 */
export function useJourneyEvents(journey: JourneyDetail, wantedId: string | null): JourneyEvents {
  const first = journey.events;
  const [soughtId, seek] = useState<string | null>(null);
  const head = usePages(journey, first.nextCursor === null ? null : { cursor: first.nextCursor }, false);
  const around = usePages(journey, soughtId === null ? null : { event: soughtId }, true);
  const joined = useMemo(
    () => joinPages(unique(first.items, head.events), around.events),
    [first.items, head.events, around.events],
  );

  const headHasMore = head.data ? head.hasNextPage : first.nextCursor !== null;
  const known = wantedId === null || joined.events.some((event) => event.id === wantedId);
  if (!known && headHasMore && wantedId !== soughtId) seek(wantedId);

  const failed = isUnknown(around.error) ? null : around.error;
  const end = joined.endsInHead ? head : around;
  return {
    events: joined.events,
    gapAt: joined.gapAt,
    hasMore: joined.endsInHead ? headHasMore : around.hasNextPage,
    loading: head.isFetching || around.isFetching,
    error: failed ?? head.error,
    missing: !known && (!headHasMore || isUnknown(around.error)),
    loadMore: () => void (failed ? around.refetch() : end.data ? end.fetchNextPage() : end.refetch()),
    loadEarlier: () => void around.fetchPreviousPage(),
  };
}

function unique(first: TelemetryEventView[], further: TelemetryEventView[]): TelemetryEventView[] {
  return further.length === 0 ? first : joinPages(first, further).events;
}

function isUnknown(error: Error | null): boolean {
  return error instanceof ApiError && error.status === 404;
}
