/** Puts into the judge's queue what began since a moment: a policy that counts since then decides it anew. */
import type { Pool, PoolClient } from "pg";

/** A journey that is told of for longer than this is not looked for. */
const LONGEST = "interval '1 hour'";

/** A thousand a second, so that what comes in meanwhile is judged between them. */
const DUE = "clock_timestamp() + row_number() OVER () * interval '1 millisecond' AS due_at";

/** Uses journey_started_idx. */
export const JOURNEYS_SINCE = `SELECT 'journey' AS kind, environment, key, ${DUE} FROM journey
  WHERE environment = ANY ($1::text[]) AND started_at >= to_timestamp($2::float8 / 1000) - ${LONGEST}
    AND last_event_at >= to_timestamp($2::float8 / 1000) AND NOT frozen`;

/** Uses loose_message_pkey for the environment, and reads all of its messages that belong to no journey. */
export const LOOSE_SINCE = `SELECT CASE left(key, 2) WHEN 'm:' THEN 'message' ELSE 'event' END AS kind, environment,
    substr(key, 3) AS key, ${DUE} FROM loose_message
  WHERE environment = ANY ($1::text[]) AND contribution_minute >= date_trunc('minute', to_timestamp($2::float8 / 1000))`;

const INSERT_MARKS = "INSERT INTO dirty_mark (kind, environment, key, due_at)";

/**
 * Everything that began in these environments since `fromMs`; answers how many marks that made.
 * @param opening whether what opens a journey may have changed, so that a message without journey may have one now
 */
export async function markSince(
  client: Pool | PoolClient,
  environments: readonly string[],
  fromMs: number,
  opening: boolean,
): Promise<number> {
  if (environments.length === 0) return 0;
  const journeys = await client.query(`${INSERT_MARKS} ${JOURNEYS_SINCE}`, [environments, fromMs]);
  const loose = opening ? await client.query(`${INSERT_MARKS} ${LOOSE_SINCE}`, [environments, fromMs]) : null;
  return (journeys.rowCount ?? 0) + (loose?.rowCount ?? 0);
}

/** How many journeys that concerns, counted up to `limit`. */
export async function countSince(
  client: Pool | PoolClient,
  environment: string,
  fromMs: number,
  limit: number,
): Promise<number> {
  const counted = `SELECT count(*)::integer AS n FROM (${JOURNEYS_SINCE} LIMIT $3::integer) j`;
  const { rows } = await client.query<{ n: number }>(counted, [[environment], fromMs, limit]);
  return rows[0]?.n ?? 0;
}
