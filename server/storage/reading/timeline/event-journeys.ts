import type { Database } from "../../database";

export interface EventJourneyRow {
  environment: string;
  alias: string;
  key: string;
  id: string;
  status: string;
  owner: string | null;
}

/** Which journeys these ids stand for (journey_alias_pkey, then journey_pkey). */
export const EVENT_JOURNEYS_SQL = `
SELECT w.environment, w.alias, j.key, j.id, j.status, j.owner
FROM json_to_recordset($1::json) AS w(environment text, alias text) CROSS JOIN LATERAL (
  SELECT j.key, j.id, j.status, j.owner FROM journey_alias a
  JOIN journey j ON j.environment = a.environment AND j.key = a.journey_key
  WHERE a.environment = w.environment AND a.alias = w.alias LIMIT 20) j`;

export async function readEventJourneys(
  { pool }: Database,
  ids: readonly { environment: string; alias: string }[],
): Promise<EventJourneyRow[]> {
  return ids.length === 0 ? [] : (await pool.query<EventJourneyRow>(EVENT_JOURNEYS_SQL, [JSON.stringify(ids)])).rows;
}

/** Which of these users a connection ever authenticated (connection_interval_user_idx). */
export const KNOWN_USERS_SQL = `
SELECT w.environment, w.id FROM json_to_recordset($1::json) AS w(environment text, id text)
WHERE EXISTS (SELECT 1 FROM connection_interval i WHERE i.environment = w.environment AND i.user_id = w.id)`;

export async function readKnownUsers(
  { pool }: Database,
  users: readonly { environment: string; id: string }[],
): Promise<{ environment: string; id: string }[]> {
  if (users.length === 0) return [];
  return (await pool.query<{ environment: string; id: string }>(KNOWN_USERS_SQL, [JSON.stringify(users)])).rows;
}
