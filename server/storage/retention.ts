/** Keeps the store within its age and size: partitions ahead, old days dropped, what hung on them cleaned away. */
import { cleanDerived, freezeJourneys } from "./clean-derived";
import type { Database } from "./database";
import { dropDay, finishDrops } from "./drop-day";
import { DAY_MS, dayName, dayOf } from "./partition-days";
import { ensurePartitions } from "./partitions";
import { isPastRetention, planRetention, type RetentionPlan } from "./retention-plan";

/** Held while days are dropped: one process of many does it. */
const RETENTION_LOCK = 0x52455445;
const CLEAN_EVERY_MS = 3_600_000;

export interface RetentionLimits {
  nowMs: number;
  retentionMs: number;
  maxBytes: number;
}

/** Uses pg_inherits_parent_index, then pg_class_oid_index. */
export const PARTITION_SIZES = `SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes,
    pg_database_size(current_database()) AS total
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'telemetry_event'::regclass AND NOT i.inhdetachpending`;

/** What retention would do now. Changes nothing. */
export async function previewRetention(db: Database, limits: RetentionLimits): Promise<RetentionPlan> {
  const { rows } = await db.pool.query<{ name: string; bytes: string; total: string }>(PARTITION_SIZES);
  const days = rows.flatMap(({ name, bytes }) => {
    const day = dayOf(name);
    return day === null ? [] : [{ day, bytes: Number(bytes) }];
  });
  const daysBytes = days.reduce((sum, { bytes }) => sum + bytes, 0);
  return planRetention({ days, otherBytes: Math.max(0, Number(rows[0]?.total ?? 0) - daysBytes), ...limits });
}

/** Drops what {@link previewRetention} names; journeys that lose events are frozen first. */
export async function applyRetention(db: Database, limits: RetentionLimits): Promise<RetentionPlan> {
  const owner = await db.pool.connect();
  try {
    const { rows } = await owner.query<{ owned: boolean }>("SELECT pg_try_advisory_lock($1) AS owned", [
      RETENTION_LOCK,
    ]);
    if (!rows[0]?.owned) return await previewRetention(db, limits);
    try {
      await finishDrops(db, (day) => (isPastRetention(day, limits) ? "age" : "size"));
      const plan = await previewRetention(db, limits);
      const newest = plan.drop.at(-1);
      if (newest) await freezeJourneys(db, newest.day + DAY_MS);
      for (const { day, reason } of plan.drop) await dropDay(db, day, reason);
      return plan;
    } finally {
      await owner.query("SELECT pg_advisory_unlock($1)", [RETENTION_LOCK]);
    }
  } finally {
    owner.release();
  }
}

export interface RetentionOptions {
  db: Database;
  retentionMs: number;
  maxBytes: number;
  nowMs: () => number;
  /** How often sizes are looked at. */
  intervalMs?: number;
  log: (line: string) => void;
}

export interface Retention {
  /** True while no more telemetry can be stored within the limit. */
  storageFull(): boolean;
  /** One round now, or the one that is under way. */
  run(): Promise<void>;
  /** Resolves when the round under way has ended. */
  stop(): Promise<void>;
}

/** Runs retention regularly. A round that fails is logged and tried again at the next. */
export function startRetention(options: RetentionOptions): Retention {
  const { db, retentionMs, maxBytes, log } = options;
  let full = false;
  let cleanedMs = Number.NEGATIVE_INFINITY;
  let round: Promise<void> | null = null;

  const work = async () => {
    const nowMs = options.nowMs();
    await ensurePartitions(db, nowMs, nowMs, nowMs);
    const plan = await applyRetention(db, { nowMs, retentionMs, maxBytes });
    for (const { day, reason } of plan.drop) log(`dropped telemetry of ${dayName(day)} by ${reason}`);
    if (plan.storageFull !== full) log(plan.storageFull ? "storage is full" : "storage has room again");
    full = plan.storageFull;
    if (nowMs - cleanedMs < CLEAN_EVERY_MS) return;
    await cleanDerived(db, nowMs, retentionMs);
    cleanedMs = nowMs;
  };
  const run = () => {
    round ??= work().finally(() => {
      round = null;
    });
    return round;
  };
  const logFailure = (error: unknown) =>
    log(`retention failed: ${error instanceof Error ? error.message : String(error)}`);
  const timer = setInterval(() => void run().catch(logFailure), options.intervalMs ?? 60_000);
  timer.unref();
  return {
    storageFull: () => full,
    run,
    stop: async () => {
      clearInterval(timer);
      await round?.catch(() => undefined);
    },
  };
}
