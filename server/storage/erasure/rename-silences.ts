/** What people wrote about silences. */
import type { PoolClient } from "pg";
import { type Renaming, renameInText } from "@/domain/erasure/rename-user";

/** Uses alert_silence_ends_idx. */
export const SILENCES_NAMING = `SELECT id, comment, matchers FROM alert_silence
  WHERE environment = $1 AND (position($2 IN comment) > 0 OR position(to_jsonb($2::text)::text IN matchers::text) > 0)`;

/** Uses alert_silence_pkey. */
export const RENAME_SILENCES = `UPDATE alert_silence s SET comment = w.comment, matchers = w.matchers
  FROM jsonb_to_recordset($1::jsonb) AS w(id text, comment text, matchers jsonb) WHERE s.id = w.id`;

interface NamingSilence {
  id: string;
  comment: string;
  matchers: { value: string }[];
}

/** Renames a user in an environment's silences, within the caller's transaction. */
export async function renameSilences(client: PoolClient, environment: string, renaming: Renaming): Promise<void> {
  const { from, to } = renaming;
  const { rows } = await client.query<NamingSilence>(SILENCES_NAMING, [environment, from]);
  const renamed = rows.map(({ id, comment, matchers }) => ({
    id,
    comment: renameInText(comment, renaming),
    matchers: matchers.map((matcher) => ({ ...matcher, value: matcher.value === from ? to : matcher.value })),
  }));
  if (renamed.length > 0) await client.query(RENAME_SILENCES, [JSON.stringify(renamed)]);
}
