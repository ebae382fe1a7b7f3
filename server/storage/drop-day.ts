/** Takes one day of telemetry away: detached without blocking anybody, then dropped and written down. */
import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "./database";
import { dayName, dayOf, partitionName } from "./partition-days";
import { forgetPartitions, inPartitionTransaction, listPartitions } from "./partitions";
import type { DropReason } from "./retention-plan";
import { sqlState } from "./sql-state";

const ATTEMPTS = 30;
/** Lock timeout, deadlock; somebody else detaches. */
const RETRIED = new Set(["55P03", "40P01", "55000", "55006"]);

/** Drops the day's partition and records it in `dropped_day`. Long readers delay it, and are not disturbed. */
export async function dropDay(db: Database, day: number, reason: DropReason): Promise<void> {
  await detach(db, partitionName(day));
  forgetPartitions(db);
  await dropDetached(db, day, reason);
}

/** Tables of days that are attached no more. Uses pg_class_relname_nsp_index. */
export const LEFT_BEHIND = `SELECT c.relname AS name FROM pg_class c
  WHERE c.relname >= 'telemetry_event_' AND c.relname < 'telemetry_eventa' AND c.relkind = 'r'
    AND NOT c.relispartition AND pg_table_is_visible(c.oid)`;

/** Ends what a process that was killed in the middle of {@link dropDay} began. */
export async function finishDrops(db: Database, reasonOf: (day: number) => DropReason): Promise<void> {
  for (const { name, detaching } of await listPartitions(db.pool)) if (detaching) await detach(db, name);
  const { rows } = await db.pool.query<{ name: string }>(LEFT_BEHIND);
  for (const { name } of rows) {
    const day = dayOf(name);
    if (day !== null) await dropDetached(db, day, reasonOf(day));
  }
}

/** CONCURRENTLY cannot run in a transaction; interrupted, it must be finished instead of begun again. */
async function detach(db: Database, name: string): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query("SET lock_timeout = '1s'");
    await retried(async () => {
      const partition = (await listPartitions(client)).find((listed) => listed.name === name);
      if (!partition) return;
      const how = partition.detaching ? "FINALIZE" : "CONCURRENTLY";
      await client.query(`ALTER TABLE telemetry_event DETACH PARTITION ${name} ${how}`);
    });
  } finally {
    await client.query("RESET lock_timeout").catch(() => undefined);
    client.release();
  }
}

/** Counts and drops the table, unless it was attached again: whoever made it anew has dropped the old one. */
async function dropDetached(db: Database, day: number, reason: DropReason): Promise<void> {
  const name = partitionName(day);
  await retried(() =>
    inPartitionTransaction(db, async (client) => {
      if ((await listPartitions(client)).some((partition) => partition.name === name)) return;
      // Reads the whole table once before it goes, without an index; then finds its row by dropped_day_pkey.
      await client.query(
        `INSERT INTO dropped_day (day, events, bytes, reason)
         SELECT $1, count(*), pg_total_relation_size('${name}'), $2 FROM ${name}
         ON CONFLICT (day) DO UPDATE SET events = dropped_day.events + excluded.events,
           bytes = dropped_day.bytes + excluded.bytes, reason = excluded.reason, dropped_at = now()`,
        [dayName(day), reason],
      );
      await client.query(`DROP TABLE ${name}`);
    }),
  );
}

async function retried(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!RETRIED.has(sqlState(error) ?? "") || attempt === ATTEMPTS) throw error;
      await wait(100);
    }
  }
}
