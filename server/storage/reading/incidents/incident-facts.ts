import type { Database } from "../../database";
import { JOURNEY_OF_OCCURRENCE } from "./journey-of-occurrence";

export interface CountedUser {
  user: string;
  occurrences: number;
}
export interface CountedVersion {
  version: string | null;
  occurrences: number;
  firstAtMs: number;
  lastAtMs: number;
}
export interface IncidentFactsRow {
  counted: number;
  first_at: Date | null;
  last_at: Date | null;
  journeys: number;
  owners: CountedUser[];
  owners_total: number;
  recipients: CountedUser[];
  recipients_total: number;
  versions: CountedVersion[];
  versions_total: number;
}

const users = (column: "owner" | "recipient") => `(SELECT coalesce(json_agg(u), '[]') FROM (
    SELECT ${column} AS "user", count(*)::int AS occurrences FROM o WHERE ${column} IS NOT NULL
    GROUP BY ${column} ORDER BY count(*) DESC, ${column} LIMIT $3) u)`;

/** The newest occurrences that stand, by occurrence_incident_idx, counted by what they have in common. */
export const INCIDENT_FACTS_SQL = `WITH o AS MATERIALIZED (
  SELECT owner, recipient, version, ${JOURNEY_OF_OCCURRENCE} AS journey, occurred_at FROM occurrence o
  WHERE incident_id = $1 AND withdrawn_at IS NULL ORDER BY occurred_at DESC LIMIT $2)
SELECT count(*)::int AS counted, min(occurred_at) AS first_at, max(occurred_at) AS last_at,
  count(DISTINCT journey)::int AS journeys,
  ${users("owner")} AS owners, count(DISTINCT owner)::int AS owners_total,
  ${users("recipient")} AS recipients, count(DISTINCT recipient)::int AS recipients_total,
  (SELECT coalesce(json_agg(v), '[]') FROM (
    SELECT version, count(*)::int AS occurrences, extract(epoch FROM min(occurred_at)) * 1000 AS "firstAtMs",
      extract(epoch FROM max(occurred_at)) * 1000 AS "lastAtMs"
    FROM o GROUP BY version ORDER BY max(occurred_at) DESC, version LIMIT $3) v) AS versions,
  (count(DISTINCT version) + count(DISTINCT 1) FILTER (WHERE version IS NULL))::int AS versions_total
FROM o`;

/** Occurrences by time, in buckets of $3 ms: the same ones, by occurrence_incident_idx. */
export const INCIDENT_SERIES_SQL = `SELECT floor(extract(epoch FROM occurred_at) * 1000 / $3)::float8 * $3 AS at, count(*)::int AS n
FROM (SELECT occurred_at FROM occurrence WHERE incident_id = $1 AND withdrawn_at IS NULL
  ORDER BY occurred_at DESC LIMIT $2) o GROUP BY 1`;

/** @param atMost occurrences that are looked at, the newest */
export async function readIncidentFacts(
  { pool }: Database,
  { id, atMost, listed }: { id: string; atMost: number; listed: number },
): Promise<IncidentFactsRow | null> {
  return (await pool.query<IncidentFactsRow>(INCIDENT_FACTS_SQL, [id, atMost, listed])).rows[0] ?? null;
}

/** How many there are in each bucket that has any, by its start in ms. */
export async function readIncidentSeries(
  { pool }: Database,
  { id, atMost, bucketMs }: { id: string; atMost: number; bucketMs: number },
): Promise<Map<number, number>> {
  const { rows } = await pool.query<{ at: number; n: number }>(INCIDENT_SERIES_SQL, [id, atMost, bucketMs]);
  return new Map(rows.map(({ at, n }) => [at, n]));
}
