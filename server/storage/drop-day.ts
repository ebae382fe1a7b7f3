/** Takes one day of telemetry away: detached without blocking anybody, then dropped and written down. */
import { setTimeout as wait } from "node:timers/promises";
import type { PoolClient } from "pg";
import type { Database } from "./database";
import { dayName, dayOf, partitionName } from "./partition-days";
import { forgetPartitions, inPartitionTransaction, listPartitions } from "./partitions";
import type { DropReason } from "./retention-plan";
import { sqlState } from "./sql-state";

const ATTEMPTS = 30;
/** Lock timeout, deadlock; somebody else detaches. */
const RETRIED = new Set(["55P03", "40P01", "55000", "55006"]);

/** Drops the day's partition and records it in `dropped_day`. Long readers delay it, and are not disturbed. */
export async function dropDay(db: Database, day: number, bytes: number, reason: DropReason): Promise<void> {
  const name = partitionName(day);
  await detach(db, name);
  forgetPartitions(db);
  await dropDetached(db, name, async (client, events) => {
    // dropped_day_pkey
    await client.query(
      `INSERT INTO dropped_day (day, events, bytes, reason) VALUES ($1, $2, $3, $4)
       ON CONFLICT (day) DO UPDATE SET events = dropped_day.events + excluded.events,
         bytes = dropped_day.bytes + excluded.bytes, reason = excluded.reason, dropped_at = now()`,
      [dayName(day), events, bytes, reason],
    );
  });
}

/** Ends what a process that was killed in the middle of {@link dropDay} began. */
export async function finishDrops(db: Database): Promise<void> {
  for (const { name, detaching } of await listPartitions(db.pool)) if (detaching) await detach(db, name);
  // pg_class_relname_nsp_index, pg_inherits_relid_seqno_index
  const { rows } = await db.pool.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c
     WHERE c.relname ~ '^telemetry_event_' AND c.relkind = 'r' AND pg_table_is_visible(c.oid)
       AND NOT EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhrelid = c.oid)`,
  );
  for (const { name } of rows) if (dayOf(name) !== null) await dropDetached(db, name, async () => undefined);
}

/** CONCURRENTLY cannot run in a transaction; interrupted, it must be finished instead of begun again. */
async function detach(db: Database, name: string): Promise<void> {
  const client = await db.pool.connect();
  try {
    await client.query("SET lock_timeout = '1s'");
    for (let attempt = 1; ; attempt++) {
      const partition = (await listPartitions(client)).find((listed) => listed.name === name);
      if (!partition) return;
      try {
        await client.query(
          `ALTER TABLE telemetry_event DETACH PARTITION ${name} ${partition.detaching ? "FINALIZE" : "CONCURRENTLY"}`,
        );
      } catch (error) {
        if (!RETRIED.has(sqlState(error) ?? "") || attempt === ATTEMPTS) throw error;
        await wait(100);
      }
    }
  } finally {
    await client.query("RESET lock_timeout").catch(() => undefined);
    client.release();
  }
}

type RecordDrop = (client: PoolClient, events: string) => Promise<void>;

/** Counts and drops the table, unless it was attached again: whoever made it anew has dropped the old one. */
async function dropDetached(db: Database, name: string, record: RecordDrop): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await inPartitionTransaction(db, async (client) => {
        const attached = (await listPartitions(client)).some((partition) => partition.name === name);
        if (attached) return await record(client, "0");
        // The whole table is read once before it goes: no index is of use.
        const { rows } = await client.query<{ events: string }>(`SELECT count(*) AS events FROM ${name}`);
        await client.query(`DROP TABLE ${name}`);
        await record(client, rows[0]?.events ?? "0");
      });
    } catch (error) {
      if (!RETRIED.has(sqlState(error) ?? "") || attempt === ATTEMPTS) throw error;
      await wait(100);
    }
  }
}
