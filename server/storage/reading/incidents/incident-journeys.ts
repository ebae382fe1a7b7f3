import type { Database } from "../../database";
import { JOURNEY_COLUMNS, type JourneyListRow } from "../list-journeys";
import { JOURNEY_OF_OCCURRENCE } from "./journey-of-occurrence";

/** A journey's key with its occurrences; the journey's own columns are null where it is not kept any more. */
export type IncidentJourneyRow = { subject: string; occurrences: number; last_at: Date } & (
  | JourneyListRow
  | { [K in keyof JourneyListRow]: null }
);

/**
 * Journeys of the newest occurrences that stand (occurrence_incident_idx), the one with the last occurrence first; the
 * journeys themselves by journey_pkey.
 */
export const INCIDENT_JOURNEYS_SQL = `SELECT s.subject, s.occurrences, s.last_at, ${JOURNEY_COLUMNS} FROM (
    SELECT environment, subject, count(*)::int AS occurrences, max(occurred_at) AS last_at FROM (
      SELECT environment, ${JOURNEY_OF_OCCURRENCE} AS subject, occurred_at FROM occurrence o
      WHERE incident_id = $1 AND withdrawn_at IS NULL ORDER BY occurred_at DESC LIMIT $2) o
    WHERE subject IS NOT NULL GROUP BY environment, subject
    HAVING $3::timestamptz IS NULL OR max(occurred_at) < $3 OR (max(occurred_at) = $3 AND subject > $4)
    ORDER BY max(occurred_at) DESC, subject LIMIT $5) s
  LEFT JOIN LATERAL (SELECT * FROM journey j WHERE j.environment = s.environment AND j.key = s.subject OFFSET 0) j ON true
  ORDER BY s.last_at DESC, s.subject`;

export interface IncidentJourneysQuery {
  id: string;
  /** Occurrences that are looked at, the newest. */
  atMost: number;
  after: { at: string; key: string } | null;
  limit: number;
}

export async function readIncidentJourneys(
  { pool }: Database,
  { id, atMost, after, limit }: IncidentJourneysQuery,
): Promise<IncidentJourneyRow[]> {
  const values = [id, atMost, after?.at ?? null, after?.key ?? null, limit];
  return (await pool.query<IncidentJourneyRow>(INCIDENT_JOURNEYS_SQL, values)).rows;
}
