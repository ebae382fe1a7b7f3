/** What people made of an incident, and what telemetry made of it since. */

export const INCIDENT_STATUSES = ["open", "acknowledged", "resolved", "regressed", "withdrawn"] as const;
export type IncidentStatus = (typeof INCIDENT_STATUSES)[number];
/** Every status but the one that means that no occurrence stands. */
export type StandingStatus = Exclude<IncidentStatus, "withdrawn">;

/** Statuses that wait for somebody. */
export const WAITING_STATUSES = ["open", "regressed"] as const satisfies readonly IncidentStatus[];

export interface IncidentState {
  status: IncidentStatus;
  /** Where it goes back to when an occurrence is proved again. Null unless withdrawn. */
  withdrawnFrom: StandingStatus | null;
  acknowledgedBy: string | null;
  acknowledgedAtMs: number | null;
  /** Stays after a regression: who thought it was over. */
  resolvedBy: string | null;
  resolvedAtMs: number | null;
  /** Version of the occurrence that brought it back; null where none was reported. */
  regressedVersion: string | null;
  regressedAtMs: number | null;
  mutedUntilMs: number | null;
  mutedBy: string | null;
}

export const HISTORY_ACTIONS = [
  "detected",
  "acknowledged",
  "resolved",
  "reopened",
  "regressed",
  "withdrawn",
  "proved_again",
  "muted",
  "unmuted",
  "noted",
] as const;
export type HistoryAction = (typeof HISTORY_ACTIONS)[number];

/** One thing that happened to an incident. */
export interface HistoryEntry {
  action: HistoryAction;
  /** The status that it left; null where it stayed. */
  from: IncidentStatus | null;
  /** Of a regression or a detection: what came. */
  version?: string | null;
  occurredAtMs?: number;
  mutedUntilMs?: number;
  note?: string;
}

/** A state that nobody has touched yet. */
export const NEW_INCIDENT: IncidentState = {
  status: "open",
  withdrawnFrom: null,
  acknowledgedBy: null,
  acknowledgedAtMs: null,
  resolvedBy: null,
  resolvedAtMs: null,
  regressedVersion: null,
  regressedAtMs: null,
  mutedUntilMs: null,
  mutedBy: null,
};
