"use client";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { timelineSummary, userKnown, userLanes } from "@/contracts/http";
import { apiGet } from "./api";
import { countTimeline } from "./count-timeline";
import { keys } from "./keys";
import { type CountedTimeline, joinParts, type TimelinePart } from "./timeline-parts";
import { type TimelineView, timelineQuery } from "./timeline-view";

const userPath = (user: string) => `users/${encodeURIComponent(user)}`;

/** What is known of one user in this environment; null if nothing is. */
export function useUser(environment: string | null, user: string) {
  return useQuery({
    queryKey: keys.user(environment ?? "", user),
    enabled: environment !== null,
    queryFn: async ({ signal }) => {
      const known = await apiGet(userPath(user), { environment }, userKnown, signal);
      return known.items[0] ?? null;
    },
  });
}

interface Counting {
  view: TimelineView;
  parts: readonly TimelinePart[];
  /** Events counted so far; null = all are. */
  soFar: number | null;
}

export interface CountedView {
  view: TimelineView;
  summary: CountedTimeline;
}

/**
 * A timeline in figures, and where its rows are found; with the view that it is of while another is counted. `soFar` =
 * events counted where the first answers are there and the last is not.
 */
export function useTimelineSummary(environment: string | null, user: string, view: TimelineView) {
  const cache = useQueryClient();
  const queryKey = keys.timelineSummary(environment ?? "", user, view);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey,
    enabled: environment !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }): Promise<Counting> => {
      const known = cache.getQueryData<Counting>(queryKey);
      const before = known?.soFar === null ? known.parts : [];
      const ask = (from: string | null, to: string | null) => {
        const query = { ...timelineQuery(environment ?? "", view), from, to };
        return apiGet(`${userPath(user)}/timeline/summary`, query, timelineSummary, signal);
      };
      const parts = await countTimeline(ask, view, before, (soFar) => {
        if (before.length === 0) cache.setQueryData<Counting>(queryKey, { view, parts: [], soFar });
      });
      return { view, parts, soFar: null };
    },
  });
  const counted = useMemo(
    (): CountedView | undefined =>
      data?.soFar === null ? { view: data.view, summary: joinParts(data.parts) } : undefined,
    [data],
  );
  return { counted, soFar: data?.soFar ?? null, error, refetch, isPlaceholderData };
}

/** Connections, journeys, leaks and what never came, between two times. */
export function useUserLanes(environment: string | null, user: string, times: { from: string; to: string } | null) {
  return useQuery({
    queryKey: keys.userLanes(environment ?? "", user, times?.from ?? null, times?.to ?? null),
    enabled: environment !== null && times !== null,
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => apiGet(`${userPath(user)}/lanes`, { environment, ...times }, userLanes, signal),
  });
}

/** Address of the export of exactly this view. */
export function exportAddress(environment: string, user: string, view: TimelineView, format: "ndjson" | "csv"): string {
  const query = new URLSearchParams({ format });
  for (const [name, value] of Object.entries(timelineQuery(environment, view))) {
    if (value !== null && value !== undefined) query.set(name, String(value));
  }
  return `/api/v1/${userPath(user)}/timeline/export?${query}`;
}
