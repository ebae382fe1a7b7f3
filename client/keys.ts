/** Names of everything in the query cache. */
import type { JourneyFilters } from "./journey-filters";
import type { Range } from "./range";

export const keys = {
  session: () => ["session"] as const,
  overview: (environment: string, range: Range) =>
    ["overview", environment, range.kind === "live" ? range.minutes : `${range.fromMs}-${range.toMs}`] as const,
  journeys: (environment: string, filters: JourneyFilters) => ["journeys", environment, filters] as const,
  journeyChanges: (environment: string) => ["journey-changes", environment] as const,
  journey: (environment: string | null, id: string) => ["journey", environment, id] as const,
  journeyEvents: (environment: string, id: string, from: string | null) =>
    ["journey-events", environment, id, from] as const,
  correction: (environment: string, id: string) => ["correction", environment, id] as const,
  incidents: (environment: string) => ["incidents", environment] as const,
  sources: (environment: string) => ["sources", environment] as const,
  judged: (environment: string) => ["judged", environment] as const,
  liveStatus: () => ["live-status"] as const,
};
