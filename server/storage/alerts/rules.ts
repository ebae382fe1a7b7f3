/** Rules with what was set of them and what they saw last, to look at and to change. */
import { z } from "zod";
import { type RuleReading, ruleReading } from "@/contracts/alerts";
import type { AlertRuleId, RuleChange } from "@/domain/alerts/rules";
import type { Connection } from "./alerts";

export interface StoredRule {
  rule: string;
  /** null = nobody set anything. */
  own: RuleChange | null;
  revision: number;
  changedAtMs: number | null;
  changedBy: string | null;
  evaluatedAtMs: number | null;
  readings: RuleReading[];
}

/** Uses alert_rule_pkey and alert_evaluation_pkey. */
export const READ_RULES = `SELECT rule, r.enabled, r.threshold, r.for_ms::float8 AS "forMs",
    r.keep_firing_ms::float8 AS "keepFiringMs", r.min_sample AS "minSample", coalesce(r.revision, 0) AS revision,
    date_part('epoch', r.changed_at) * 1000 AS "changedAtMs", r.changed_by AS "changedBy",
    date_part('epoch', e.evaluated_at) * 1000 AS "evaluatedAtMs", coalesce(e.readings, '[]') AS readings
  FROM (SELECT * FROM alert_rule WHERE environment = $1) r
  FULL JOIN (SELECT * FROM alert_evaluation WHERE environment = $1) e USING (rule)`;

type RuleRow = Omit<StoredRule, "own" | "readings"> &
  Omit<RuleChange, "enabled"> & { enabled: boolean | null; readings: unknown };

export async function readRules(connection: Connection, environment: string): Promise<StoredRule[]> {
  const { rows } = await connection.query<RuleRow>(READ_RULES, [environment]);
  return rows.map(({ enabled, threshold, forMs, keepFiringMs, minSample, readings, ...rest }) => ({
    ...rest,
    own: enabled === null ? null : { enabled, threshold, forMs, keepFiringMs, minSample },
    readings: z.array(ruleReading).parse(readings),
  }));
}

/** Uses alert_rule_pkey. Nothing is written when another revision came in between. */
export const SAVE_RULE = `INSERT INTO alert_rule AS r (environment, rule, enabled, threshold, for_ms, keep_firing_ms, min_sample,
    revision, changed_at, changed_by)
  SELECT $1, $2, $3::boolean, $4::float8, $5::bigint, $6::bigint, $7::integer, $8::integer + 1,
    to_timestamp($9::float8 / 1000), $10
  WHERE $8::integer = 0 OR EXISTS (SELECT FROM alert_rule WHERE environment = $1 AND rule = $2)
  ON CONFLICT (environment, rule) DO UPDATE SET enabled = EXCLUDED.enabled, threshold = EXCLUDED.threshold,
    for_ms = EXCLUDED.for_ms, keep_firing_ms = EXCLUDED.keep_firing_ms, min_sample = EXCLUDED.min_sample,
    revision = EXCLUDED.revision, changed_at = EXCLUDED.changed_at, changed_by = EXCLUDED.changed_by
    WHERE r.revision = $8::integer
  RETURNING revision`;

/** Saves the next revision after `basedOn`; false when that is not the newest any more. */
export async function saveRule(
  connection: Connection,
  given: {
    environment: string;
    rule: AlertRuleId;
    change: RuleChange;
    basedOn: number;
    savedBy: string;
    nowMs: number;
  },
): Promise<boolean> {
  const { environment, rule, change, basedOn, savedBy, nowMs } = given;
  const { enabled, threshold, forMs, keepFiringMs, minSample } = change;
  const values = [environment, rule, enabled, threshold, forMs, keepFiringMs, minSample, basedOn, nowMs, savedBy];
  return (await connection.query(SAVE_RULE, values)).rows.length === 1;
}
