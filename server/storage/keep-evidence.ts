/** Evidence that is kept when the telemetry that it was read from is dropped. */
import type { Database } from "./database";
import { JOIN_JUDGING } from "./erasure/judge-pause";
import { inTransaction } from "./transaction";

/**
 * Standing leaks of a stretch of time without kept evidence: of each incident the newest, by occurrence_incident_idx.
 * Incidents, which are few, are read whole.
 */
export const KEEP_CANDIDATES_SQL = `SELECT o.environment, o.key FROM incident i CROSS JOIN LATERAL (
    SELECT environment, key FROM occurrence o WHERE o.incident_id = i.id AND o.kept_at IS NULL AND o.withdrawn_at IS NULL
      AND o.occurred_at >= $1 AND o.occurred_at < $2 ORDER BY o.occurred_at DESC LIMIT $3) o
  LIMIT $4`;

/** Uses occurrence_pkey. */
export const KEEP_EVIDENCE_SQL =
  "UPDATE occurrence SET kept = $3, kept_at = $4 WHERE environment = $1 AND key = $2 AND kept_at IS NULL";

export interface OccurrenceName {
  environment: string;
  key: string;
}

export async function readKeepCandidates(
  { pool }: Database,
  { from, to, perIncident, atMost }: { from: Date; to: Date; perIncident: number; atMost: number },
): Promise<OccurrenceName[]> {
  return (await pool.query<OccurrenceName>(KEEP_CANDIDATES_SQL, [from, to, perIncident, atMost])).rows;
}

/**
 * Stores what `read` answers. An erasure that is under way waits with its last step until this has committed, and so
 * finds every name in it.
 */
export function keepEvidence(
  db: Database,
  { environment, key }: OccurrenceName,
  read: () => Promise<unknown>,
  nowMs: number,
): Promise<void> {
  return inTransaction(db, async (client) => {
    await client.query(JOIN_JUDGING);
    const kept = await read();
    if (kept !== null) await client.query(KEEP_EVIDENCE_SQL, [environment, key, JSON.stringify(kept), new Date(nowMs)]);
  });
}
