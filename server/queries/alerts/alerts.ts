/** Alerts to look at: those that stand and those that ended. */
import type { AlertHistory, AlertList, AlertRow, FiringAlerts } from "@/contracts/alerts";
import { type AlertRuleId, RULE_SEVERITIES } from "@/domain/alerts/rules";
import { countFiring, resolvedAlerts } from "@/server/storage/alerts/alert-lists";
import { standingAlerts } from "@/server/storage/alerts/alerts";
import { lastEvaluations } from "@/server/storage/alerts/rule-state";
import type { Database } from "@/server/storage/database";
import { writeCursor } from "../cursor";
import { cutPage } from "../page";
import { alertView, isoOf } from "./alert-row";

const MAX_STANDING = 500;

/** What fires, the gravest first and of those the newest; then what waits. */
export async function alertList({ pool }: Database, environments: readonly string[]): Promise<AlertList> {
  const [found, looks] = await Promise.all([standingAlerts(pool, environments), lastEvaluations(pool, environments)]);
  const rows = found.map(alertView).sort(byGravity);
  const { items } = cutPage(rows, MAX_STANDING);
  const looked = [...looks.values()];
  const evaluatedAt = isoOf(looked.length === 0 ? null : Math.min(...looked));
  return { items, omitted: rows.length - items.length, evaluatedAt };
}

export async function firingAlerts({ pool }: Database, environments: readonly string[]): Promise<FiringAlerts> {
  return { firing: await countFiring(pool, environments) };
}

function byGravity(a: AlertRow, b: AlertRow): number {
  const place = ({ phase, severity }: AlertRow) =>
    (phase === "firing" ? 0 : RULE_SEVERITIES.length) + RULE_SEVERITIES.indexOf(severity);
  return place(a) - place(b) || Date.parse(b.pendingSince) - Date.parse(a.pendingSince) || (a.id < b.id ? -1 : 1);
}

export interface AlertHistoryQuery {
  environments: string[];
  rule: AlertRuleId | null;
  after: { at: string; id: string } | null;
  limit: number;
}

/** Alerts that ended, the latest first. */
export async function alertHistory({ pool }: Database, query: AlertHistoryQuery): Promise<AlertHistory> {
  const { environments, rule, after, limit } = query;
  const rows = await resolvedAlerts(pool, { environments, rule, after, limit: limit + 1 });
  const { items, more } = cutPage(rows.map(alertView), limit);
  const last = items.at(-1);
  return { items, nextCursor: more && last ? writeCursor({ at: last.resolvedAt, id: last.id }) : null };
}
