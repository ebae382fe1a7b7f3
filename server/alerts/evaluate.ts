/**
 * One look at one environment: what rules see is made into alerts, and what changed is put into the outbox, all in one
 * transaction under the environment's lock. A crash or a second node loses nothing and tells nothing twice.
 */
import { type AlertRecord, endedBetween, labelsOf, nextRecord, tellable } from "@/domain/alerts/alert-record";
import type { Notification } from "@/domain/alerts/notification";
import { onePagePerBudget } from "@/domain/alerts/one-page-per-budget";
import { planTelling } from "@/domain/alerts/plan-telling";
import type { Reading } from "@/domain/alerts/reading";
import { readIncident } from "@/domain/alerts/readings/open-incident";
import type { AlertRuleId } from "@/domain/alerts/rules";
import type { Silence } from "@/domain/alerts/silence";
import { toNotification } from "@/domain/alerts/to-notification";
import {
  type Connection,
  dropAlerts,
  fingerprintOf,
  lockAlerts,
  newAlertId,
  type StoredAlert,
  saveAlerts,
  standingAlerts,
} from "@/server/storage/alerts/alerts";
import {
  lastLooks,
  ruleSettings,
  type SettingsOf,
  saveEvaluations,
  standingSilences,
} from "@/server/storage/alerts/rule-state";
import { watchedIncidents } from "@/server/storage/alerts/watched-incidents";
import type { Database } from "@/server/storage/database";
import { inTransaction } from "@/server/storage/transaction";

/** Puts a notification into the outbox, within the transaction; answers the fingerprints of the alerts that anybody hears of. */
export type Enqueue = (tx: Connection, notification: Notification, nowMs: number) => Promise<ReadonlySet<string>>;

export interface Look {
  environment: string;
  /** What other rules than that of incidents saw; rules that are not named are left as they are. */
  seen: ReadonlyMap<AlertRuleId, readonly Reading[]>;
  /** When they saw it: what was looked at since is newer, and stays. */
  seenAtMs: number;
}

export interface EvaluateDeps {
  db: Database;
  nowMs: () => number;
  enqueue: Enqueue;
}

interface Ground {
  environment: string;
  settings: SettingsOf;
  silences: readonly Silence[];
  lastLooks: ReadonlyMap<string, number>;
  nowMs: number;
}

/** Answers whether any alert changed. */
export function evaluate({ db, nowMs: now, enqueue }: EvaluateDeps, look: Look): Promise<boolean> {
  const { environment } = look;
  return inTransaction(db, async (tx) => {
    await lockAlerts(tx, environment);
    const nowMs = now();
    const standing = await standingAlerts(tx, [environment]);
    const ground: Ground = {
      ...{ environment, nowMs },
      settings: await ruleSettings(tx, [environment]),
      silences: await standingSilences(tx, environment, nowMs),
      lastLooks: await lastLooks(tx, environment),
    };
    const seen = newerThan(ground, look).set("open_incident", await readIncidents(tx, standing, ground));
    const pages = onePagePerBudget(seen, {
      settings: (rule) => ground.settings(environment, rule),
      fires: (rule, objective) =>
        standing.some(
          (alert) =>
            alert.rule === rule && alert.record.labels.objective === objective && alert.record.state.phase === "firing",
        ),
    });
    let changed = false;
    for (const [rule, readings] of pages) {
      const known = standing.filter((alert) => alert.rule === rule);
      changed = (await evaluateRule(tx, { rule, readings, known, ground, enqueue })) || changed;
    }
    await saveEvaluations(tx, environment, seen, nowMs);
    return changed;
  });
}

/** What was not looked at since, by this clock; a look that another node dates ahead of now tells nothing. */
function newerThan({ lastLooks, nowMs }: Ground, { seen, seenAtMs }: Look): Map<AlertRuleId, readonly Reading[]> {
  const isOld = (rule: AlertRuleId) => {
    const lookedAtMs = lastLooks.get(rule) ?? 0;
    return lookedAtMs > seenAtMs && lookedAtMs <= nowMs;
  };
  return new Map([...seen].filter(([rule]) => !isOld(rule)));
}

async function readIncidents(tx: Connection, standing: readonly StoredAlert[], ground: Ground): Promise<Reading[]> {
  const { environment, nowMs } = ground;
  const known = standing.flatMap(({ rule, record }) =>
    rule === "open_incident" ? (record.labels.incident ?? []) : [],
  );
  const incidents = await watchedIncidents(tx, environment, known, nowMs);
  return incidents.map((incident) => readIncident(incident, environment, nowMs));
}

/** Incidents of one minute that are told one by one: another leak is news, not more of the same. */
const INCIDENTS_AT_ONCE = 5;

interface RuleLook {
  rule: AlertRuleId;
  readings: readonly Reading[];
  known: readonly StoredAlert[];
  ground: Ground;
  enqueue: Enqueue;
}

/** Moves the alerts of one rule on and tells their group. */
async function evaluateRule(tx: Connection, { rule, readings, known, ground, enqueue }: RuleLook): Promise<boolean> {
  const { environment, nowMs, silences } = ground;
  const lastLookMs = ground.lastLooks.get(rule) ?? null;
  const watch = { environment, rule, nowMs, silences, lastLookMs, settings: ground.settings(environment, rule) };
  const read = new Map(readings.map((reading) => [fingerprintOf(labelsOf(watch, reading)), reading]));
  const standing = new Map(known.map((alert) => [alert.fingerprint, alert]));
  const byId = new Map(known.map((alert) => [alert.id, alert.record]));
  const group: StoredAlert[] = [];
  const over: StoredAlert[] = [];
  const dropped: string[] = [];
  for (const fingerprint of new Set([...standing.keys(), ...read.keys()])) {
    const reading = read.get(fingerprint) ?? null;
    const known = standing.get(fingerprint);
    const ended = known ? endedBetween(known.record, reading, watch) : null;
    const before = ended ? undefined : known;
    const record = nextRecord(before?.record ?? null, reading, watch);
    // Whoever is told that it fires again needs no word of its end.
    if (known && ended) (record?.silenceId === null ? over : group).push({ ...known, record: ended });
    if (record) group.push({ id: before?.id ?? newAlertId(), environment, rule, fingerprint, record });
    else if (before) dropped.push(before.id);
  }
  const plan = planTelling(
    group.map((alert) => ({ ...tellable(alert.record), alert })),
    nowMs,
    rule === "open_incident" ? INCIDENTS_AT_ONCE : 0,
  );
  if (plan) {
    const alerts = plan.alerts.map(({ alert }) => alert);
    const heard = await enqueue(tx, toNotification(watch, plan.status, alerts, plan.news), nowMs);
    for (const alert of alerts.slice(0, plan.news)) {
      const { record, fingerprint } = alert;
      const heardAtMs = heard.has(fingerprint) ? nowMs : record.heardAtMs;
      const told = record.state.phase === "resolved" ? "resolved" : "firing";
      alert.record = { ...record, told, toldAtMs: nowMs, heardAtMs };
    }
  }
  const changed = group.filter((alert) => !isSame(byId.get(alert.id), alert.record));
  await dropAlerts(tx, dropped);
  await saveAlerts(tx, over);
  await saveAlerts(tx, changed);
  return over.length + changed.length + dropped.length > 0;
}

function isSame(before: AlertRecord | undefined, after: AlertRecord): boolean {
  return before !== undefined && JSON.stringify(ordered(before)) === JSON.stringify(ordered(after));
}

function ordered({ state, severity, labels, ...rest }: AlertRecord) {
  const { summary, value, threshold, quiet, silenceId, told, toldAtMs, heardAtMs } = rest;
  const { phase, pendingSinceMs, firingSinceMs, clearSinceMs, resolvedAtMs } = state;
  return [
    ...[severity, summary, value, threshold, quiet, silenceId, told, toldAtMs, heardAtMs],
    ...[phase, pendingSinceMs, firingSinceMs, clearSinceMs, resolvedAtMs],
  ];
}
