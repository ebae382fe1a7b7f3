/** Verdicts that name a user, rewritten page by page and put into the judge's queue, which says them anew. */
import { nameUnder, type Renaming, renameInJson } from "@/domain/erasure/rename-user";
import type { Json } from "@/domain/telemetry/event";
import type { Database } from "../database";
import { inTransaction } from "../transaction";
import { PAUSE_JUDGING } from "./judge-pause";

/** Journeys that one statement looks through. */
const PAGE = 2_000;

/** Uses journey_pkey. `$4` = the id as it stands in JSON text, without quotes. */
export const JOURNEYS_NAMING = `WITH page AS MATERIALIZED (
    SELECT key, owner, verdict FROM journey WHERE environment = $1 AND key > $2 ORDER BY key LIMIT ${PAGE})
  SELECT (SELECT key FROM page ORDER BY key DESC LIMIT 1) AS last,
    coalesce((SELECT array_agg(key) FROM page WHERE owner = $3 OR position($4 IN verdict::text) > 0), '{}') AS keys`;

/** Uses journey_pkey. */
export const READ_VERDICTS = `SELECT key, owner, verdict, frozen FROM journey
  WHERE environment = $1 AND key = ANY ($2::text[])`;

/** Uses journey_pkey. */
export const RENAME_VERDICTS = `UPDATE journey j SET owner = w.owner, verdict = w.verdict
  FROM jsonb_to_recordset($2::jsonb) AS w(key text, owner text, verdict jsonb)
  WHERE j.environment = $1 AND j.key = w.key`;

/** Inserts only. The order of names in a verdict may follow from the names: it is judged again. */
export const MARK_JOURNEYS = `INSERT INTO dirty_mark (kind, environment, key)
  SELECT 'journey', $1, key FROM unnest($2::text[]) AS w(key)`;

interface StoredVerdict {
  key: string;
  owner: string | null;
  verdict: Json;
  frozen: boolean;
}

/** Renames a user in all verdicts of an environment; frozen ones too, which are not judged again. Returns how many. */
export async function renameJourneys(
  db: Database,
  environment: string,
  renaming: Renaming,
  mayGoOn: () => void,
): Promise<number> {
  const inText = JSON.stringify(renaming.from).slice(1, -1);
  let renamed = 0;
  for (let after: string | null = ""; after !== null; ) {
    mayGoOn();
    const { rows }: { rows: { last: string | null; keys: string[] }[] } = await db.pool.query(JOURNEYS_NAMING, [
      environment,
      after,
      renaming.from,
      inText,
    ]);
    const keys = rows[0]?.keys ?? [];
    if (keys.length > 0) renamed += await renamePage(db, environment, keys, renaming);
    after = rows[0]?.last ?? null;
  }
  return renamed;
}

async function renamePage(db: Database, environment: string, keys: string[], renaming: Renaming): Promise<number> {
  return inTransaction(db, async (client) => {
    await client.query(PAUSE_JUDGING);
    const { rows } = await client.query<StoredVerdict>(READ_VERDICTS, [environment, keys]);
    const changed = rows.flatMap((row) => {
      const owner = row.owner === null ? null : nameUnder(renaming)(row.owner);
      const verdict = renameInJson(row.verdict, renaming);
      const differs = owner !== row.owner || JSON.stringify(verdict) !== JSON.stringify(row.verdict);
      return differs ? [{ key: row.key, frozen: row.frozen, owner, verdict }] : [];
    });
    if (changed.length === 0) return 0;
    await client.query(RENAME_VERDICTS, [environment, JSON.stringify(changed)]);
    await client.query(MARK_JOURNEYS, [environment, changed.flatMap(({ key, frozen }) => (frozen ? [] : [key]))]);
    return changed.length;
  });
}
