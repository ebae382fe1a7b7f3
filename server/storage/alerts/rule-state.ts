/** What was set of rules and silences, and what each rule saw last. Few rows an environment. */
import { z } from "zod";
import { matcher } from "@/contracts/silences";
import type { Condition } from "@/domain/alerts/advance-alert";
import type { Reading } from "@/domain/alerts/reading";
import { type AlertRuleId, type RuleSettings, settingsOf } from "@/domain/alerts/rules";
import type { Silence } from "@/domain/alerts/silence";
import type { Connection } from "./alerts";

/** Uses alert_rule_pkey. */
export const RULE_CHANGES = `SELECT environment, rule, enabled, threshold, for_ms::float8 AS "forMs",
  keep_firing_ms::float8 AS "keepFiringMs", min_sample AS "minSample" FROM alert_rule WHERE environment = ANY ($1::text[])`;

interface RuleChangeRow {
  environment: string;
  rule: string;
  enabled: boolean;
  threshold: number | null;
  forMs: number | null;
  keepFiringMs: number | null;
  minSample: number | null;
}

/** What counts of a rule in an environment. */
export type SettingsOf = (environment: string, rule: AlertRuleId) => RuleSettings;

export async function ruleSettings(connection: Connection, environments: readonly string[]): Promise<SettingsOf> {
  const { rows } = await connection.query<RuleChangeRow>(RULE_CHANGES, [environments]);
  const changes = new Map(rows.map(({ environment, rule, ...change }) => [`${rule} ${environment}`, change]));
  return (environment, rule) => settingsOf(rule, changes.get(`${rule} ${environment}`) ?? null);
}

/** Uses alert_silence_ends_idx. */
export const STANDING_SILENCES = `SELECT id, matchers, date_part('epoch', starts_at) * 1000 AS "startsAtMs",
  date_part('epoch', ends_at) * 1000 AS "endsAtMs" FROM alert_silence
  WHERE environment = $1 AND ends_at > to_timestamp($2::float8 / 1000)`;

/** Silences of an environment that have not ended. */
export async function standingSilences(connection: Connection, environment: string, nowMs: number): Promise<Silence[]> {
  const { rows } = await connection.query<Silence>(STANDING_SILENCES, [environment, nowMs]);
  return rows.map((row) => ({ ...row, matchers: z.array(matcher).parse(row.matchers) }));
}

/** Uses alert_evaluation_pkey. */
export const SAVE_EVALUATIONS = `INSERT INTO alert_evaluation AS e (environment, rule, evaluated_at, readings)
  SELECT $1, rule, to_timestamp($2::float8 / 1000), readings FROM json_to_recordset($3::json) AS w(rule text, readings jsonb)
  ON CONFLICT (environment, rule) DO UPDATE SET evaluated_at = greatest(e.evaluated_at, EXCLUDED.evaluated_at),
    readings = EXCLUDED.readings`;

/** What rules saw, for people to look at. */
export async function saveEvaluations(
  tx: Connection,
  environment: string,
  seen: ReadonlyMap<AlertRuleId, readonly Reading[]>,
  nowMs: number,
): Promise<void> {
  const rows = [...seen].map(([rule, readings]) => ({ rule, readings: telling(readings).slice(0, MAX_READINGS) }));
  if (rows.length > 0) await tx.query(SAVE_EVALUATIONS, [environment, nowMs, JSON.stringify(rows)]);
}

/** Readings of one rule that are kept to be looked at: as many as there are incidents or sources to watch. */
export const MAX_READINGS = 500;

const CONDITIONS: readonly Condition[] = ["breached", "hold", "clear"];

/** What is breached first, and otherwise in the order given. */
function telling(readings: readonly Reading[]): Reading[] {
  return readings.toSorted((a, b) => CONDITIONS.indexOf(a.condition) - CONDITIONS.indexOf(b.condition));
}

/** Uses alert_evaluation_pkey. */
export const LAST_EVALUATIONS = `SELECT environment, date_part('epoch', evaluated_at) * 1000 AS "atMs"
  FROM alert_evaluation WHERE environment = ANY ($1::text[]) AND rule = 'watchdog'`;

/** When each environment's rules were looked at last, by any node. */
export async function lastEvaluations(
  connection: Connection,
  environments: readonly string[],
): Promise<Map<string, number>> {
  const { rows } = await connection.query<{ environment: string; atMs: number }>(LAST_EVALUATIONS, [environments]);
  return new Map(rows.map(({ environment, atMs }) => [environment, atMs]));
}

/** Uses alert_evaluation_pkey. */
export const LAST_LOOKS = `SELECT rule, date_part('epoch', evaluated_at) * 1000 AS "atMs" FROM alert_evaluation
  WHERE environment = $1`;

/** When each rule of an environment was looked at last, by any node. */
export async function lastLooks(tx: Connection, environment: string): Promise<Map<string, number>> {
  const { rows } = await tx.query<{ rule: string; atMs: number }>(LAST_LOOKS, [environment]);
  return new Map(rows.map(({ rule, atMs }) => [rule, atMs]));
}

/** Uses alert_standing_key. Environments whose telemetry is gone may still have an alert that must end. */
export const ALERTED_ENVIRONMENTS = "SELECT DISTINCT environment FROM alert WHERE phase <> 'resolved'";

export async function alertedEnvironments(connection: Connection): Promise<string[]> {
  return (await connection.query<{ environment: string }>(ALERTED_ENVIRONMENTS)).rows.map((row) => row.environment);
}
