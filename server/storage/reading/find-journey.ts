import type { Database } from "../database";

/**
 * By run id or inbound message id (journey_alias_pkey), by the id people see (journey_id_idx), then journey_pkey.
 * The newest wins where an id is shared; `$3` names one of them exactly.
 */
export const FIND_JOURNEY_SQL = `
WITH candidate AS (
  SELECT environment, journey_key AS key FROM journey_alias WHERE environment = ANY($1::text[]) AND alias = $2
  UNION
  SELECT environment, key FROM journey WHERE environment = ANY($1::text[]) AND id = $2
)
SELECT j.environment, j.key FROM candidate c
JOIN journey j ON j.environment = c.environment AND j.key = c.key
WHERE $3::text IS NULL OR j.key = $3
ORDER BY j.started_at DESC, j.key LIMIT 1`;

/** Which journey an id stands for; null when none of these environments has it. */
export async function findJourney(
  { pool }: Database,
  environments: string[],
  id: string,
  key: string | null,
): Promise<{ environment: string; key: string } | null> {
  const found = await pool.query<{ environment: string; key: string }>(FIND_JOURNEY_SQL, [environments, id, key]);
  return found.rows[0] ?? null;
}
