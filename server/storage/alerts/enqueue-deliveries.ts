/** The outbox of alerts: one row for each channel that takes a notification. */
import type { ClientBase } from "pg";

/** A connection inside the caller's transaction. */
export type Transaction = Pick<ClientBase, "query">;

export interface NewDeliveries {
  environment: string;
  groupKey: string;
  /** JSON, a list: `notification` with its `status` for channels of these `minimums` that are an `alertmanager` or not, and hear of `ends` or not. */
  parts: string;
  /** The only channel to write for; null = all. */
  channel: string | null;
  nowMs: number;
}

/** Reads channels whole: they are few. `environments` of one that takes all is `{*}`. */
export const INSERT_DELIVERIES = `
INSERT INTO alert_delivery (id, channel_id, environment, group_key, status, notification, created_at, next_at)
SELECT gen_random_uuid()::text, c.id, $1, $2, p.status, p.notification, to_timestamp($4::float8 / 1000),
  to_timestamp($4::float8 / 1000)
FROM alert_channel c
JOIN json_to_recordset($3::json) AS p(minimums text[], alertmanager boolean, ends boolean, status text, notification jsonb)
  ON c.minimum_severity = ANY (p.minimums) AND (c.kind = 'alertmanager') = p.alertmanager
    AND (p.alertmanager OR c.send_resolved = p.ends)
WHERE c.enabled AND (c.environments = '{*}' OR $1 = ANY (c.environments))
  AND ($5::text IS NULL OR c.id = $5)
ORDER BY c.created_at, c.id
RETURNING jsonb_path_query_array(notification, '$.alerts[*].fingerprint') AS told`;

/** Uses alert_delivery_repeat_idx. */
export const END_REPEATS = `
UPDATE alert_delivery SET repeat_at = NULL WHERE environment = $1 AND group_key = $2 AND repeat_at IS NOT NULL
  AND ($3::text IS NULL OR channel_id = $3)`;

/**
 * Writes the rows, and ends the repeating of what was told of the group before. Answers the fingerprints of the alerts
 * that any channel hears of.
 */
export async function insertDeliveries(tx: Transaction, given: NewDeliveries): Promise<Set<string>> {
  const { environment, groupKey, parts, channel, nowMs } = given;
  await tx.query(END_REPEATS, [environment, groupKey, channel]);
  const { rows } = await tx.query<{ told: string[] }>(INSERT_DELIVERIES, [
    environment,
    groupKey,
    parts,
    nowMs,
    channel,
  ]);
  return new Set(rows.flatMap(({ told }) => told));
}
