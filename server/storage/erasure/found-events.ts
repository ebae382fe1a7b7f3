/** The telemetry events that name a user, collected before any of them is changed, and changed in bounded statements. */
import type { Pool, PoolClient } from "pg";
import type { Renaming } from "@/domain/erasure/rename-user";
import { listPartitions } from "../partitions";

/** Blocks of a partition that one statement looks through: 64 MB. */
const BLOCKS = 8_192;
export const EVENTS_PER_STATEMENT = 2_000;

/** Lives in the session alone. */
const MAKE_LIST = `CREATE TEMP TABLE IF NOT EXISTS erasure_found (
  n bigserial PRIMARY KEY, environment text NOT NULL, id text NOT NULL, time timestamptz NOT NULL)`;

/** Uses telemetry_event_user_idx. */
export const COLLECT_CLAIMS = `INSERT INTO erasure_found (environment, id, time)
  SELECT environment, id, time FROM telemetry_event WHERE environment = $1 AND user_id = $2 ORDER BY time`;

/** A part of one partition: names that a source wrote into content stand in no index. */
const collectContent = (partition: string) => `INSERT INTO erasure_found (environment, id, time)
  SELECT environment, id, time FROM "${partition}" e
  WHERE e.ctid >= $3::tid AND e.ctid < $4::tid AND e.environment = $1 AND e.user_id IS DISTINCT FROM $2
    AND ($2 = ANY (e.routing_ids) OR $2 = ANY (e.canary_users) OR e.error_code = $2 OR e.error_message = $2
      OR position(to_jsonb($2::text)::text IN e.attributes::text) > 0
      OR position(to_jsonb($2::text)::text IN e.payload::text) > 0)`;

/** Collects every event of the environment that names the user, as claim or in content. Returns how many. */
export async function collectEvents(client: PoolClient, environment: string, user: string): Promise<number> {
  await client.query(MAKE_LIST);
  await client.query("TRUNCATE erasure_found RESTART IDENTITY");
  await client.query(COLLECT_CLAIMS, [environment, user]);
  for (const { name, detaching } of await listPartitions(client)) {
    if (detaching) continue;
    const { rows } = await client.query<{ blocks: number }>(
      "SELECT (pg_relation_size($1::regclass) / current_setting('block_size')::integer)::integer AS blocks",
      [name],
    );
    for (let block = 0; block < (rows[0]?.blocks ?? 0); block += BLOCKS) {
      await client.query(collectContent(name), [environment, user, `(${block},0)`, `(${block + BLOCKS},0)`]);
    }
  }
  await client.query("ANALYZE erasure_found");
  const { rows } = await client.query<{ n: number }>("SELECT coalesce(max(n), 0)::integer AS n FROM erasure_found");
  return rows[0]?.n ?? 0;
}

/** Uses telemetry_event_user_idx. */
export const IS_NAMED = "SELECT 1 FROM telemetry_event WHERE environment = $1 AND user_id = $2 LIMIT 1";

/** Whether an event still claims the user. */
export async function isNamed({ pool }: { pool: Pool }, environment: string, user: string): Promise<boolean> {
  return (await pool.query(IS_NAMED, [environment, user])).rows.length > 0;
}

/** Puts `to` for the string `from` in a JSON column: whole strings only, and no names of fields. */
const inJson = (column: string) => `CASE WHEN position(to_jsonb($3::text)::text IN e.${column}::text) > 0
    THEN regexp_replace(e.${column}::text, $5, to_jsonb($4::text)::text, 'g')::jsonb ELSE e.${column} END`;
const inText = (column: string) => `CASE WHEN e.${column} = $3 THEN $4 ELSE e.${column} END`;

/** Uses erasure_found_pkey, then telemetry_event_pkey of the partition of each event. */
export const RENAME_EVENTS = `UPDATE telemetry_event e SET user_id = ${inText("user_id")},
    routing_ids = array_replace(e.routing_ids, $3, $4),
    canary_users = array_replace(e.canary_users, $3, $4), error_code = ${inText("error_code")},
    error_message = ${inText("error_message")}, attributes = ${inJson("attributes")}, payload = ${inJson("payload")}
  FROM erasure_found f
  WHERE f.n > $1 AND f.n <= $2 AND e.environment = f.environment AND e.id = f.id AND e.time = f.time`;

/** The parameters of {@link RENAME_EVENTS} for the events after the first `done` that were collected. */
export function renameEventsParameters(done: number, from: string, to: string): unknown[] {
  const literal = JSON.stringify(from).replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
  return [done, done + EVENTS_PER_STATEMENT, from, to, `${literal}(?!:)`];
}

/** Renames what was collected. The caller's transaction makes it one change. */
export async function renameEvents(
  client: PoolClient,
  found: number,
  { from, to }: Renaming,
  mayGoOn: () => void,
): Promise<void> {
  for (let done = 0; done < found; done += EVENTS_PER_STATEMENT) {
    mayGoOn();
    await client.query(RENAME_EVENTS, renameEventsParameters(done, from, to));
  }
}
