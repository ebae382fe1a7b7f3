"use client";
import { type Query, useQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect, useRef, useState } from "react";
import { userTimeline } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
import { useLiveRoom } from "./live/live-provider";
import { userRoom } from "./live/room-handlers";
import { rooms } from "./live/room-names";
import type { CountedTimeline } from "./timeline-parts";
import { type TimelineView, timelineQuery } from "./timeline-view";

/** The server is asked how many events arrived at most so often. */
const ASK_MS = 1_000;
const COUNTED_UP_TO = 1_000;

export interface Arrivals {
  /** Events behind the last row shown. */
  count: number;
  /** Whether there may be more than are counted. */
  more: boolean;
  /** Fetches the timeline anew, with them. */
  show(): Promise<void>;
}

/** Events that came in since the timeline was counted. A timeline that has an end has no arrivals. */
export function useTimelineArrivals(
  environment: string,
  user: string,
  view: TimelineView,
  summary: CountedTimeline,
): Arrivals {
  const cache = useQueryClient();
  const open = view.to === null;
  const last = summary.endCursor;
  const queryKey = keys.timelineArrived(environment, user, view, last);
  const stirred = useStirred(environment, user, open);
  const { data } = useQuery({
    queryKey,
    enabled: open && stirred > 0,
    queryFn: async ({ signal }) => {
      const query = { ...timelineQuery(environment, view), cursor: last, limit: COUNTED_UP_TO };
      const page = await apiGet(`users/${encodeURIComponent(user)}/timeline`, query, userTimeline, signal);
      return { count: page.items.length, more: page.nextCursor !== null };
    },
  });
  useEffect(() => {
    if (stirred > 0) void cache.invalidateQueries({ queryKey: keys.timelineArrived(environment, user, view, last) });
  }, [cache, environment, user, view, last, stirred]);
  const showing = useRef(false);
  const show = useCallback(async () => {
    if (showing.current) return;
    showing.current = true;
    const figures = { queryKey: keys.timeline(environment, user), predicate: isOfFigures };
    await Promise.all([
      cache.invalidateQueries({ queryKey: keys.user(environment, user) }),
      cache.invalidateQueries(figures),
    ]).finally(() => {
      showing.current = false;
    });
  }, [cache, environment, user]);
  return { count: data?.count ?? 0, more: data?.more ?? false, show };
}

function isOfFigures({ queryKey }: Query): boolean {
  return queryKey[3] === "summary" || queryKey[3] === "lanes";
}

/** Grows when something happened to the user, at most once in {@link ASK_MS}. */
function useStirred(environment: string, user: string, open: boolean): number {
  const [stirred, setStirred] = useState(0);
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (waiting.current) clearTimeout(waiting.current);
      waiting.current = null;
    },
    [],
  );
  useLiveRoom(open ? rooms.user(environment, user) : null, () =>
    userRoom(() => {
      waiting.current ??= setTimeout(() => {
        waiting.current = null;
        setStirred((times) => times + 1);
      }, ASK_MS);
    }),
  );
  return stirred;
}
