/** Which incidents the list shows, as the URL says it and as the API is asked. */
import type { Query } from "./api";

/** `waiting` = open or regressed and not muted. */
export const INCIDENT_STATES = [
  "waiting",
  "open",
  "regressed",
  "acknowledged",
  "resolved",
  "muted",
  "withdrawn",
] as const;
export type IncidentStateFilter = (typeof INCIDENT_STATES)[number];

export interface IncidentFilters {
  /** null = all but the withdrawn. */
  state: IncidentStateFilter | null;
  severity: string | null;
  rule: string | null;
  router: string | null;
}

export const NO_INCIDENT_FILTERS: IncidentFilters = { state: null, severity: null, rule: null, router: null };

export function anyIncidentFilter(filters: IncidentFilters): boolean {
  return Object.values(filters).some((value) => value !== null);
}

export function incidentParameters({ state, ...filters }: IncidentFilters): Query {
  switch (state) {
    case null:
      return filters;
    case "waiting":
      return { ...filters, status: "open,regressed", muted: "false" };
    case "muted":
      return { ...filters, muted: "true" };
    default:
      return { ...filters, status: state };
  }
}
