/** Alerts as they are stored: those that stand, read and written within one transaction of the evaluator. */
import { createHash, randomUUID } from "node:crypto";
import type { ClientBase } from "pg";
import { z } from "zod";
import type { AlertRecord } from "@/domain/alerts/alert-record";
import { RULE_SEVERITIES } from "@/domain/alerts/rules";

/** A connection inside the caller's transaction, or any that a single read may use. */
export type Connection = Pick<ClientBase, "query">;

export interface StoredAlert {
  id: string;
  environment: string;
  rule: string;
  fingerprint: string;
  record: AlertRecord;
}

/** The columns of {@link AlertRow}. */
export const ALERT_COLUMNS = `id, environment, rule, fingerprint, phase, severity, labels, summary, path, value, threshold,
  date_part('epoch', pending_since) * 1000 AS "pendingSinceMs", date_part('epoch', firing_since) * 1000 AS "firingSinceMs",
  date_part('epoch', clear_since) * 1000 AS "clearSinceMs", date_part('epoch', resolved_at) * 1000 AS "resolvedAtMs",
  silence_id AS "silenceId", quiet, told, date_part('epoch', told_at) * 1000 AS "toldAtMs",
  date_part('epoch', heard_at) * 1000 AS "heardAtMs"`;

const ms = z.number().nullable();
const alertRow = z.object({
  ...{ id: z.string(), environment: z.string(), rule: z.string(), fingerprint: z.string() },
  phase: z.enum(["pending", "firing", "resolved"]),
  severity: z.enum(RULE_SEVERITIES),
  labels: z.record(z.string(), z.string()),
  ...{ summary: z.string(), path: z.string(), value: z.number().nullable(), threshold: z.number().nullable() },
  ...{ pendingSinceMs: z.number(), firingSinceMs: ms, clearSinceMs: ms, resolvedAtMs: ms },
  ...{ silenceId: z.string().nullable(), quiet: z.boolean() },
  told: z.enum(["nothing", "firing", "resolved"]),
  ...{ toldAtMs: ms, heardAtMs: ms },
});
export type AlertRow = z.infer<typeof alertRow>;

/** The same for the same labels, whatever their order. */
export function fingerprintOf(labels: Readonly<Record<string, string>>): string {
  const sorted = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(sorted)).digest("hex").slice(0, 16);
}

/** No table. */
export const LOCK_ALERTS = `SELECT pg_advisory_xact_lock(hashtextextended('signalbox alerts ' || $1::text, 0))`;

/** Evaluators of one environment wait for each other here until their transactions end. */
export async function lockAlerts(tx: Connection, environment: string): Promise<void> {
  await tx.query(LOCK_ALERTS, [environment]);
}

/** Uses alert_standing_key. */
export const STANDING_ALERTS = `SELECT ${ALERT_COLUMNS} FROM alert
  WHERE environment = ANY ($1::text[]) AND phase <> 'resolved' ORDER BY pending_since, id`;

/** Alerts of these environments that have not ended. */
export async function standingAlerts(connection: Connection, environments: readonly string[]): Promise<StoredAlert[]> {
  return (await connection.query<AlertRow>(STANDING_ALERTS, [environments])).rows.map(storedAlert);
}

/** Uses alert_pkey. */
export const SAVE_ALERTS = `INSERT INTO alert AS a (id, environment, rule, fingerprint, phase, severity, labels, summary,
    path, value, threshold, pending_since, firing_since, clear_since, resolved_at, silence_id, quiet, told, told_at,
    heard_at)
  SELECT id, environment, rule, fingerprint, phase, severity, labels, summary, path, value, threshold,
    to_timestamp("pendingSinceMs" / 1000), to_timestamp("firingSinceMs" / 1000), to_timestamp("clearSinceMs" / 1000),
    to_timestamp("resolvedAtMs" / 1000), "silenceId", quiet, told, to_timestamp("toldAtMs" / 1000),
    to_timestamp("heardAtMs" / 1000)
  FROM json_to_recordset($1::json) AS w(id text, environment text, rule text, fingerprint text, phase text, severity text,
    labels jsonb, summary text, path text, value float8, threshold float8, "pendingSinceMs" float8, "firingSinceMs" float8,
    "clearSinceMs" float8, "resolvedAtMs" float8, "silenceId" text, quiet boolean, told text, "toldAtMs" float8,
    "heardAtMs" float8)
  ON CONFLICT (id) DO UPDATE SET phase = EXCLUDED.phase, summary = EXCLUDED.summary, value = EXCLUDED.value,
    threshold = EXCLUDED.threshold, pending_since = EXCLUDED.pending_since, firing_since = EXCLUDED.firing_since,
    clear_since = EXCLUDED.clear_since, resolved_at = EXCLUDED.resolved_at, silence_id = EXCLUDED.silence_id,
    quiet = EXCLUDED.quiet, told = EXCLUDED.told, told_at = EXCLUDED.told_at,
    heard_at = EXCLUDED.heard_at`;

/** Stores new alerts, and what became of known ones. */
export async function saveAlerts(tx: Connection, alerts: readonly StoredAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const rows = alerts.map(({ record: { state, ...said }, ...identity }) => ({ ...identity, ...said, ...state }));
  await tx.query(SAVE_ALERTS, [JSON.stringify(rows)]);
}

export const newAlertId = (): string => randomUUID();

/** Uses alert_pkey. */
export const DROP_ALERTS = "DELETE FROM alert WHERE id = ANY ($1::text[])";

/** A pending alert whose condition passed leaves nothing. */
export async function dropAlerts(tx: Connection, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.query(DROP_ALERTS, [ids]);
}

export function storedAlert(row: AlertRow): StoredAlert {
  const { id, environment, rule, fingerprint, ...said } = alertRow.parse(row);
  const { phase, pendingSinceMs, firingSinceMs, clearSinceMs, resolvedAtMs, ...record } = said;
  const state = { phase, pendingSinceMs, firingSinceMs, clearSinceMs, resolvedAtMs };
  return { id, environment, rule, fingerprint, record: { ...record, state } };
}
