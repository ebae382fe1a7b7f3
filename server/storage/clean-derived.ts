/** Removes what was derived from telemetry that is gone, in pages, so that nobody waits long for a lock. */
import type { Database } from "./database";
import { DAY_MS, startOfDay } from "./partition-days";

const MINUTE_ROLLUP_MS = 14 * DAY_MS;
const HOUR_ROLLUP_MS = 400 * DAY_MS;
const SHOWN_DROPS_MS = 400 * DAY_MS;
const SPENT_LINK_MS = DAY_MS;
const DEAD_SESSION_MS = 30 * DAY_MS;
const AUDITED_MS = 400 * DAY_MS;
const ALERTED_MS = 400 * DAY_MS;
const PAGE = 2_000;

/** Steps from environment to environment through the primary key. Uses journey_pkey. */
export const JOURNEY_ENVIRONMENTS = `WITH RECURSIVE step AS (
    (SELECT environment FROM journey ORDER BY environment LIMIT 1)
    UNION ALL
    SELECT (SELECT environment FROM journey j WHERE j.environment > step.environment ORDER BY environment LIMIT 1)
    FROM step WHERE step.environment IS NOT NULL)
  SELECT environment FROM step WHERE environment IS NOT NULL`;

/** Uses journey_status_idx, or journey_started_idx where that is shorter. A verdict that lost events stays as it is, and waits for nothing. */
export const FREEZE_JOURNEYS = `UPDATE journey SET frozen = true, next_deadline = NULL
  WHERE environment = $1 AND started_at < to_timestamp($2::float8 / 1000) AND NOT frozen`;

/** Uses journey_started_idx, then journey_pkey and journey_alias_key_idx. */
export const DELETE_JOURNEYS = `WITH old AS MATERIALIZED (
    SELECT environment, key FROM journey
    WHERE environment = $1 AND started_at < to_timestamp($2::float8 / 1000) AND frozen
    ORDER BY started_at LIMIT ${PAGE}),
  gone AS (
    DELETE FROM journey j USING old WHERE j.environment = old.environment AND j.key = old.key RETURNING j.key),
  aliases AS (
    DELETE FROM journey_alias a USING old WHERE a.environment = old.environment AND a.journey_key = old.key)
  SELECT count(*)::integer AS deleted FROM gone`;

/** Marks journeys that began before `beforeMs` as having lost events. */
export async function freezeJourneys(db: Database, beforeMs: number): Promise<void> {
  for (const environment of await journeyEnvironments(db)) {
    await db.pool.query(FREEZE_JOURNEYS, [environment, beforeMs]);
  }
}

/**
 * Journeys are kept for twice the retention (frozen, without their events); what else hangs on telemetry goes with it.
 * Rollups by minute stay 14 days, by hour 400; incidents stay.
 */
export async function cleanDerived(db: Database, nowMs: number, retentionMs: number): Promise<void> {
  const goneMs = startOfDay(nowMs - retentionMs);
  for (const environment of await journeyEnvironments(db)) {
    while ((await deleteJourneys(db, environment, goneMs - retentionMs)) === PAGE);
  }
  const gone = { lt: new Date(goneMs) };
  const ago = (ms: number) => ({ lt: new Date(nowMs - ms) });
  const { prisma } = db;
  await prisma.connectionInterval.deleteMany({ where: { closedAt: gone } });
  await prisma.connectionSummary.deleteMany({ where: { judgedAt: gone } });
  await prisma.looseMessage.deleteMany({ where: { contributionMinute: gone } });
  await prisma.dirtyMark.deleteMany({ where: { dueAt: gone } });
  await prisma.judgeFailure.deleteMany({ where: { lastAt: gone } });
  await prisma.qualityNote.deleteMany({ where: { lastAt: gone } });
  await prisma.sourceOutage.deleteMany({ where: { toAt: gone } });
  await prisma.rollup.deleteMany({ where: { grain: "minute", bucket: ago(MINUTE_ROLLUP_MS) } });
  await prisma.rollup.deleteMany({ where: { grain: "hour", bucket: ago(HOUR_ROLLUP_MS) } });
  await prisma.routerRollup.deleteMany({ where: { grain: "minute", bucket: ago(MINUTE_ROLLUP_MS) } });
  await prisma.routerRollup.deleteMany({ where: { grain: "hour", bucket: ago(HOUR_ROLLUP_MS) } });
  await prisma.droppedDay.deleteMany({ where: { day: ago(SHOWN_DROPS_MS) } });
  await prisma.signInLink.deleteMany({ where: { expiresAt: ago(SPENT_LINK_MS) } });
  await prisma.auditEntry.deleteMany({ where: { at: ago(AUDITED_MS) } });
  await prisma.alert.deleteMany({ where: { phase: "resolved", resolvedAt: ago(ALERTED_MS) } });
  await prisma.alertSilence.deleteMany({ where: { endsAt: ago(ALERTED_MS) } });
  await prisma.session.deleteMany({ where: { lastSeenAt: ago(DEAD_SESSION_MS) } });
}

async function journeyEnvironments(db: Database): Promise<string[]> {
  const { rows } = await db.pool.query<{ environment: string }>(JOURNEY_ENVIRONMENTS);
  return rows.map((row) => row.environment);
}

async function deleteJourneys(db: Database, environment: string, beforeMs: number): Promise<number> {
  const { rows } = await db.pool.query<{ deleted: number }>(DELETE_JOURNEYS, [environment, beforeMs]);
  return rows[0]?.deleted ?? 0;
}
