/** Keeps the store within its age and size: partitions ahead, old days dropped, what hung on them cleaned away. */
import { cleanDerived, freezeJourneys } from "./clean-derived";
import type { Database } from "./database";
import { dropDay, finishDrops } from "./drop-day";
import { DAY_MS, dayName, dayOf } from "./partition-days";
import { ensurePartitions } from "./partitions";
import { isPastRetention, planRetention, type RetentionPlan, type StoredDay } from "./retention-plan";

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
    c.reltuples::float8 AS events,
    pg_database_size(current_database()) AS total
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'telemetry_event'::regclass AND NOT i.inhdetachpending`;

export interface MeasuredDay extends StoredDay {
  /** As the database last estimated it; null = not yet. */
  events: number | null;
}

/** What is stored, day by day, and everything else in the database. */
export async function measureStore(db: Database): Promise<{ days: MeasuredDay[]; otherBytes: number }> {
  const { rows } = await db.pool.query<{ name: string; bytes: string; events: number; total: string }>(PARTITION_SIZES);
  const days = rows.flatMap(({ name, bytes, events }) => {
    const day = dayOf(name);
    return day === null ? [] : [{ day, bytes: Number(bytes), events: events < 0 ? null : events }];
  });
  const daysBytes = days.reduce((sum, { bytes }) => sum + bytes, 0);
  return { days, otherBytes: Math.max(0, Number(rows[0]?.total ?? 0) - daysBytes) };
}

/** What retention would do now. Changes nothing. */
export async function previewRetention(db: Database, limits: RetentionLimits): Promise<RetentionPlan> {
  return planRetention({ ...(await measureStore(db)), ...limits });
}

/** Reads one day whole, without an index: asked by hand before a change, and for small days only. */
export const COUNT_DAY = `SELECT count(*)::float8 AS n FROM telemetry_event
  WHERE time >= to_timestamp($1::float8 / 1000) AND time < to_timestamp($2::float8 / 1000)`;

/** How many events are stored of a day. */
export async function countDay({ pool }: Database, day: number): Promise<number> {
  return (await pool.query<{ n: number }>(COUNT_DAY, [day, day + DAY_MS])).rows[0]?.n ?? 0;
}

/** Told before a day is dropped, while its events are still there. */
export type BeforeDrop = (day: number) => Promise<unknown>;

/** Drops what {@link previewRetention} names; journeys that lose events are frozen first. */
export async function applyRetention(
  db: Database,
  limits: RetentionLimits,
  beforeDrop: BeforeDrop = async () => undefined,
): Promise<RetentionPlan> {
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
      for (const { day, reason } of plan.drop) {
        await beforeDrop(day);
        await dropDay(db, day, reason);
      }
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
  /** As of now. */
  limits: () => Omit<RetentionLimits, "nowMs">;
  nowMs: () => number;
  beforeDrop: BeforeDrop;
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
  const { db, log } = options;
  let full = false;
  let cleanedMs = Number.NEGATIVE_INFINITY;
  let round: Promise<void> | null = null;

  const work = async () => {
    const nowMs = options.nowMs();
    const limits = options.limits();
    await ensurePartitions(db, nowMs, nowMs, nowMs);
    const plan = await applyRetention(db, { nowMs, ...limits }, options.beforeDrop);
    for (const { day, reason } of plan.drop) log(`dropped telemetry of ${dayName(day)} by ${reason}`);
    if (plan.storageFull !== full) log(plan.storageFull ? "storage is full" : "storage has room again");
    full = plan.storageFull;
    if (nowMs - cleanedMs < CLEAN_EVERY_MS) return;
    await cleanDerived(db, nowMs, limits.retentionMs);
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
