/** What the journeys list is narrowed to, and whether a row that arrives live belongs into it. */
import type { JourneyRow } from "@/contracts/http";

export interface JourneyFilters {
  status: string | null;
  finding: string | null;
  /** Where it broke. */
  step: string | null;
  user: string | null;
  router: string | null;
  version: string | null;
  thread: string | null;
  connection: string | null;
  /** Exact or prefix of an id. */
  q: string | null;
  from: string | null;
  to: string | null;
}

export const NO_FILTERS: JourneyFilters = {
  status: null,
  finding: null,
  step: null,
  user: null,
  router: null,
  version: null,
  thread: null,
  connection: null,
  q: null,
  from: null,
  to: null,
};

/** Whether the server's list with these filters would hold the row. */
export function matches(row: JourneyRow, filters: JourneyFilters): boolean {
  const startedMs = Date.parse(row.startedAt);
  return (
    (filters.status === null || row.status === filters.status) &&
    (filters.finding === null || row.findings.includes(filters.finding)) &&
    (filters.step === null || row.brokenAt?.step === filters.step) &&
    (filters.user === null || row.owner === filters.user) &&
    (filters.router === null || row.routers.includes(filters.router)) &&
    (filters.version === null || row.versions.includes(filters.version)) &&
    // A row says neither its threads nor its connections: such a list grows when it is fetched.
    filters.thread === null &&
    filters.connection === null &&
    (filters.q === null || row.id.startsWith(filters.q) || row.owner === filters.q) &&
    (filters.from === null || startedMs >= Date.parse(filters.from)) &&
    (filters.to === null || startedMs < Date.parse(filters.to))
  );
}

export function anyFilter(filters: JourneyFilters): boolean {
  return Object.values(filters).some((value) => value !== null);
}

/** Whether the failed journeys of these filters can be held against healthy ones. */
export function comparable({ status, q, thread, connection }: JourneyFilters): boolean {
  return (status === null || status === "failed") && q === null && thread === null && connection === null;
}
