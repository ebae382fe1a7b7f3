/** Rules of an environment: what counts of each, what it saw last, and what it raised. */
import type { RuleList, RuleRow } from "@/contracts/alerts";
import { ALERT_RULES, RULES, settingsOf } from "@/domain/alerts/rules";
import { standingAlerts } from "@/server/storage/alerts/alerts";
import { readRules } from "@/server/storage/alerts/rules";
import type { Database } from "@/server/storage/database";
import { isoOf } from "./alert-row";

export async function ruleList({ pool }: Database, environment: string): Promise<RuleList> {
  const [stored, standing] = await Promise.all([readRules(pool, environment), standingAlerts(pool, [environment])]);
  const byRule = new Map(stored.map((row) => [row.rule, row]));
  const items = ALERT_RULES.map((rule): RuleRow => {
    const { alertName, severity, unit, defaults } = RULES[rule];
    const known = byRule.get(rule);
    const phases = standing.filter((alert) => alert.rule === rule).map(({ record }) => record.state.phase);
    return {
      ...{ rule, alertName, severity, unit, defaults },
      settings: settingsOf(rule, known?.own ?? null),
      own: known?.own ?? null,
      revision: known?.revision ?? 0,
      changedAt: isoOf(known?.changedAtMs ?? null),
      changedBy: known?.changedBy ?? null,
      evaluatedAt: isoOf(known?.evaluatedAtMs ?? null),
      readings: known?.readings ?? [],
      firing: phases.filter((phase) => phase === "firing").length,
      pending: phases.filter((phase) => phase === "pending").length,
    };
  });
  return { environment, items };
}
