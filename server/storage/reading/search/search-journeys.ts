import type { Database } from "../../database";
import { idsByPrefix, prefixValues } from "./ids-by-prefix";

/** The journey that a found id belongs to; every field null where it belongs to none. */
export interface JourneyOfId {
  journey_id: string | null;
  journey_key: string | null;
  status: string | null;
  owner: string | null;
}

export interface FoundJourney extends JourneyOfId {
  environment: string;
  id: string;
  at: Date;
  /** Whether the id names a run; otherwise it is a message's, or the event's that stands in for one. */
  is_run: boolean;
}

/** An id that systems number from one can belong to very many journeys: so many are looked at. */
const SHARED_BY = 50;

/**
 * Ids that find a journey by journey_alias_prefix_idx, their journeys by the same index and journey_pkey;
 * telemetry_event_run_idx tells runs from messages.
 */
export const FIND_JOURNEYS_SQL = `
${idsByPrefix({ table: "journey_alias", column: "alias" })}
SELECT f.environment, f.id, j.id AS journey_id, j.key AS journey_key, j.status, j.owner, j.started_at AS at,
  (j.key = 'r:' || f.id OR EXISTS (
    SELECT FROM telemetry_event e WHERE e.environment = f.environment AND e.run_id = f.id
  )) AS is_run
FROM found f
CROSS JOIN LATERAL (
  SELECT j.* FROM (
    SELECT a.journey_key FROM journey_alias a WHERE a.environment = f.environment AND a.alias = f.id LIMIT ${SHARED_BY}
  ) a
  JOIN journey j ON j.environment = f.environment AND j.key = a.journey_key
  ORDER BY j.started_at DESC LIMIT $4
) j
WHERE f.id IS NOT NULL`;

/** Journeys with an id that begins with the prefix, those of at most `limit` ids of each environment. */
export async function findJourneys(
  { pool }: Database,
  environments: string[],
  prefix: string,
  limit: number,
): Promise<FoundJourney[]> {
  return (await pool.query<FoundJourney>(FIND_JOURNEYS_SQL, prefixValues(environments, prefix, limit))).rows;
}

/** Joins as `j` the journey that the id in SQL expression `alias` finds (journey_alias_prefix_idx, journey_pkey). */
export function journeyOf(alias: string, environment: string): string {
  return `LEFT JOIN LATERAL (
  SELECT j.id AS journey_id, j.key AS journey_key, j.status, j.owner FROM (
    SELECT a.journey_key FROM journey_alias a WHERE a.environment = ${environment} AND a.alias = ${alias} LIMIT ${SHARED_BY}
  ) a
  JOIN journey j ON j.environment = ${environment} AND j.key = a.journey_key
  ORDER BY j.started_at DESC LIMIT 1
) j ON true`;
}
