import type { Pool } from "pg";
import type { Renaming } from "@/domain/erasure/rename-user";

/** Uses audit_entry_target_idx. An entry that goes on counting must not be found again by the id. */
export const RENAME_TARGETS = `UPDATE audit_entry SET target = $3, repeat_key = NULL
  WHERE target = $2 AND (environment = $1 OR environment IS NULL)`;

/** Reads the log, which retention bounds. Only what was asked for in exports names users beside the target. */
export const RENAME_DETAILS = `UPDATE audit_entry
  SET detail = jsonb_set(detail, '{user}', to_jsonb($3::text))
  WHERE detail->>'user' = $2 AND (environment = $1 OR environment IS NULL)`;

/** Renames a user in the audit log; returns how many entries there are about them. */
export async function renameAudit(
  { pool }: { pool: Pool },
  environment: string,
  { from, to }: Renaming,
): Promise<number> {
  const targets = await pool.query(RENAME_TARGETS, [environment, from, to]);
  const details = await pool.query(RENAME_DETAILS, [environment, from, to]);
  return Math.max(targets.rowCount ?? 0, details.rowCount ?? 0);
}
