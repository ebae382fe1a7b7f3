/** Names of everything in the query cache. */
import type { Query } from "./api";
import type { IncidentFilters } from "./incident-filters";
import type { JourneyFilters } from "./journey-filters";
import type { Range } from "./range";
import type { TimelineView } from "./timeline-view";
import type { UsersView } from "./users-view";

export const keys = {
  search: (q: string) => ["search", q] as const,
  views: () => ["views"] as const,
  session: () => ["session"] as const,
  overview: (environment: string, range: Range) => ["overview", environment, rangeName(range)] as const,
  journeys: (environment: string, filters: JourneyFilters) => ["journeys", environment, filters] as const,
  journeyChanges: (environment: string) => ["journey-changes", environment] as const,
  journey: (environment: string | null, id: string) => ["journey", environment, id] as const,
  journeyElsewhere: (id: string) => ["journey-elsewhere", id] as const,
  journeyEvents: (environment: string, key: string, start: Query | null) =>
    ["journey-events", environment, key, start] as const,
  neighbours: (environment: string, key: string) => ["neighbours", environment, key] as const,
  differences: (environment: string, filters: Query, alike: boolean) =>
    ["differences", environment, filters, alike] as const,
  correction: (environment: string, id: string) => ["correction", environment, id] as const,
  users: (environment: string, view: UsersView) => ["users", environment, view] as const,
  user: (environment: string, id: string) => ["user", environment, id] as const,
  timeline: (environment: string, user: string) => ["timeline", environment, user] as const,
  timelineSummary: (environment: string, user: string, view: TimelineView) =>
    ["timeline", environment, user, "summary", view] as const,
  timelineChunk: (environment: string, user: string, view: TimelineView, from: string | null, cursor: string | null) =>
    ["timeline", environment, user, "chunk", view, from, cursor] as const,
  timelineArrived: (environment: string, user: string, view: TimelineView, cursor: string | null) =>
    ["timeline", environment, user, "arrived", view, cursor] as const,
  userLanes: (environment: string, user: string, from: string | null, to: string | null) =>
    ["timeline", environment, user, "lanes", from, to] as const,
  routers: (environment: string, range: Range) => ["routers", environment, rangeName(range)] as const,
  router: (environment: string, router: string, range: Range) =>
    ["router", environment, router, rangeName(range)] as const,
  incidents: (environment: string, filters: IncidentFilters) => ["incidents", environment, filters] as const,
  incident: (environment: string, id: string) => ["incident", environment, id] as const,
  incidentList: (environment: string, id: string, list: "history" | "journeys" | "occurrences") =>
    ["incident-list", environment, id, list] as const,
  incidentEvidence: (environment: string, id: string, key: string) =>
    ["incident-evidence", environment, id, key] as const,
  openIncidents: (environment: string) => ["open-incidents", environment] as const,
  firingAlerts: (environment: string) => ["firing-alerts", environment] as const,
  alerts: (environment: string) => ["alerts", environment] as const,
  alertHistory: (environment: string, rule: string | null) => ["alert-history", environment, rule] as const,
  alertRules: (environment: string) => ["alert-rules", environment] as const,
  silences: (environment: string, state: string) => ["silences", environment, state] as const,
  slo: (environment: string) => ["slo", environment] as const,
  consolidation: (environment: string, from: string | null, to: string | null) =>
    ["consolidation", environment, from, to] as const,
  allCampaigns: () => ["campaigns"] as const,
  campaigns: (environment: string) => ["campaigns", "list", environment] as const,
  campaign: (id: string) => ["campaigns", "one", id] as const,
  routersInCode: (environment: string) => ["routers-in-code", environment] as const,
  scan: (id: string) => ["scan", id] as const,
  scanParts: (id: string, concept: string, part: string, role: string | null) =>
    ["scan", id, "parts", concept, part, role] as const,
  scanFile: (id: string, file: string) => ["scan", id, "file", file] as const,
  scanDiff: (id: string) => ["scan", id, "diff"] as const,
  sources: (environment: string) => ["sources", environment] as const,
  settings: () => ["settings"] as const,
  policy: (environment: string) => ["settings", "policy", environment] as const,
  retention: () => ["settings", "retention"] as const,
  allowedFields: () => ["settings", "allowed-fields"] as const,
  accessKeys: (state: string | null) => ["settings", "keys", state] as const,
  canaries: () => ["settings", "canaries"] as const,
  sessions: (state: string | null) => ["settings", "sessions", state] as const,
  audit: (action: string | null) => ["settings", "audit", action] as const,
  testSuites: (environment: string) => ["test-suites", environment] as const,
  testRuns: (environment: string, suite: string) => ["test-runs", environment, suite] as const,
  channels: () => ["channels"] as const,
  deliveries: (channel: string | null, state: string | null) => ["deliveries", channel, state] as const,
  judged: (environment: string) => ["judged", environment] as const,
  liveStatus: () => ["live-status"] as const,
};

function rangeName(range: Range): number | string {
  return range.kind === "live" ? range.minutes : `${range.fromMs}-${range.toMs}`;
}
