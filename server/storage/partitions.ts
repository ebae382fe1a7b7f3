/**
 * Day partitions of `telemetry_event`, by UTC day of `time`. Made with CREATE … LIKE and ATTACH, which block neither
 * reads nor inserts; there is no default partition, so a row without its day fails instead of hiding.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { Pool, PoolClient } from "pg";
import type { Database } from "./database";
import { DAY_MS, dayName, dayOf, daysBetween, partitionName } from "./partition-days";
import { sqlState } from "./sql-state";
import { inTransaction } from "./transaction";

/** Partitions are kept ready for this many days after today. */
const DAYS_AHEAD = 3;
const ATTEMPTS = 20;
/** Taken by whoever makes or drops a partition, so that a name never means two tables. */
const PARTITION_LOCK = 0x50415254;

/** Days known to be attached, for each pool. Wrong only after another process dropped one; see {@link forgetPartitions}. */
const known = new WeakMap<Pool, Set<number>>();

/** Makes the partitions for every day from `fromMs` to `toMs`, and from today until three days ahead. */
export async function ensurePartitions(db: Database, nowMs: number, fromMs: number, toMs: number): Promise<void> {
  const ahead = daysBetween(nowMs, nowMs + DAYS_AHEAD * DAY_MS);
  await ensureDays(db, [...daysBetween(fromMs, toMs), ...ahead]);
}

/** Makes the partitions for these days (start of day, ms). Costs nothing for days that are known. */
export async function ensureDays(db: Database, days: Iterable<number>): Promise<void> {
  let attached = known.get(db.pool);
  const wanted = [...new Set(days)];
  if (attached && wanted.every((day) => attached?.has(day))) return;
  attached = new Set((await listPartitions(db.pool)).filter((partition) => !partition.detaching).map(({ day }) => day));
  for (const day of wanted.sort((a, b) => a - b)) {
    if (!attached.has(day)) await createPartition(db, day);
    attached.add(day);
  }
  known.set(db.pool, attached);
}

/** Reads the partitions again at the next need: an insert found none for its day. */
export function forgetPartitions(db: Database): void {
  known.delete(db.pool);
}

export interface Partition {
  name: string;
  /** Start of the day, ms. */
  day: number;
  /** A detach that began and has not ended. */
  detaching: boolean;
}

/** Uses pg_inherits_parent_index, then pg_class_oid_index. */
export const LIST_PARTITIONS = `SELECT c.relname AS name, i.inhdetachpending AS detaching
  FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
  WHERE i.inhparent = 'telemetry_event'::regclass ORDER BY c.relname`;

/** Attached partitions, oldest first. */
export async function listPartitions(on: Pool | PoolClient): Promise<Partition[]> {
  const { rows } = await on.query<{ name: string; detaching: boolean }>(LIST_PARTITIONS);
  return rows.flatMap(({ name, detaching }) => {
    const day = dayOf(name);
    return day === null ? [] : [{ name, day, detaching }];
  });
}

async function createPartition(db: Database, day: number): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await inPartitionTransaction(db, (client) => attachDay(client, day));
    } catch (error) {
      // Lock timeout, deadlock, a detach under way, or a table of this name made meanwhile.
      const retry = ["55P03", "40P01", "55006", "42P07"].includes(sqlState(error) ?? "");
      if (!retry || attempt === ATTEMPTS) throw error;
      await wait(25 * attempt);
    }
  }
}

/** Runs `work` alone among all who make or drop partitions, and gives up a lock after a second. */
export async function inPartitionTransaction(db: Database, work: (client: PoolClient) => Promise<void>): Promise<void> {
  await inTransaction(db, async (client) => {
    await client.query("SET LOCAL lock_timeout = '1s'");
    await client.query("SELECT pg_advisory_xact_lock($1)", [PARTITION_LOCK]);
    await work(client);
  });
}

/** Uses pg_class_oid_index and pg_inherits_relid_seqno_index. `detaching` is null for a table that is no partition. */
export const FIND_TABLE = `SELECT i.inhdetachpending AS detaching
  FROM pg_class c LEFT JOIN pg_inherits i ON i.inhrelid = c.oid WHERE c.oid = to_regclass($1)`;

async function attachDay(client: PoolClient, day: number): Promise<void> {
  const name = partitionName(day);
  const { rows } = await client.query<{ detaching: boolean | null }>(FIND_TABLE, [name]);
  const existing = rows[0];
  if (existing?.detaching === false) return;
  if (existing?.detaching) throw new PartitionBusy(name);
  // An unattached table of this name is what retention was about to drop.
  if (existing) await client.query(`DROP TABLE ${name}`);
  await client.query(`CREATE TABLE ${name} (LIKE telemetry_event INCLUDING ALL)`);
  await client.query(
    `ALTER TABLE telemetry_event ATTACH PARTITION ${name}
     FOR VALUES FROM ('${dayName(day)}T00:00:00Z') TO ('${dayName(day + DAY_MS)}T00:00:00Z')`,
  );
}

/** Retention is taking this day away at this moment. Carries the SQLSTATE of an object in use. */
class PartitionBusy extends Error {
  override readonly name = "PartitionBusy";
  readonly code = "55006";
  constructor(partition: string) {
    super(`${partition} is being dropped`);
  }
}
