import type { Database } from "../database";

/** Skips from one environment to the next by telemetry_event_pkey and journey_pkey instead of reading all rows. */
export const LIST_ENVIRONMENTS_SQL = `
WITH RECURSIVE event_env AS (
  SELECT (SELECT min(environment) FROM telemetry_event) AS environment
  UNION ALL
  SELECT (SELECT min(environment) FROM telemetry_event t WHERE t.environment > e.environment)
  FROM event_env e WHERE e.environment IS NOT NULL
), journey_env AS (
  SELECT (SELECT min(environment) FROM journey) AS environment
  UNION ALL
  SELECT (SELECT min(environment) FROM journey t WHERE t.environment > e.environment)
  FROM journey_env e WHERE e.environment IS NOT NULL
)
SELECT environment FROM event_env WHERE environment IS NOT NULL
UNION SELECT environment FROM journey_env WHERE environment IS NOT NULL
UNION SELECT environment FROM incident
UNION SELECT environment FROM source
ORDER BY environment`;

/** Every environment that anything was observed in or that a source is configured for. */
export async function listEnvironments({ pool }: Database): Promise<string[]> {
  return (await pool.query<{ environment: string }>(LIST_ENVIRONMENTS_SQL)).rows.map((row) => row.environment);
}
