"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { timelineSummary, userKnown, userLanes } from "@/contracts/http";
import { apiGet } from "./api";
import { keys } from "./keys";
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

/** A part of the timeline in figures, and where its rows are found; with the view that it is of while another is fetched. */
export function useTimelineSummary(environment: string | null, user: string, view: TimelineView) {
  return useQuery({
    queryKey: keys.timelineSummary(environment ?? "", user, view),
    enabled: environment !== null,
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const query = timelineQuery(environment ?? "", view);
      return { view, summary: await apiGet(`${userPath(user)}/timeline/summary`, query, timelineSummary, signal) };
    },
  });
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
