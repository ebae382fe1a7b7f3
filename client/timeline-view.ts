/** What part of a user's timeline is shown, as the URL says it. */
import type { Query } from "./api";

export const TIMELINE_FILTERS = ["type", "router", "thread", "stage", "outcome", "connection", "run"] as const;
export type TimelineFilterName = (typeof TIMELINE_FILTERS)[number];

export interface TimelineView extends Record<TimelineFilterName, string | null> {
  /** ISO times; null = as far as it is kept, and on from now. */
  from: string | null;
  to: string | null;
}

/** The same times without any filter. */
export function withoutFilters({ from, to }: Pick<TimelineView, "from" | "to">): TimelineView {
  return { from, to, type: null, router: null, thread: null, stage: null, outcome: null, connection: null, run: null };
}

export const WHOLE_TIMELINE: TimelineView = withoutFilters({ from: null, to: null });

export function isFiltered(view: TimelineView): boolean {
  return TIMELINE_FILTERS.some((name) => view[name] !== null);
}

/** Parameters of the API for this view. */
export function timelineQuery(environment: string, view: TimelineView): Query {
  return { environment, ...view };
}
