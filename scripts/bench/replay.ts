/**
 * The bare engine with everything that judging leaves behind: the rows of a filled database, events and verdicts,
 * written again into the same tables with the same indexes and settings, and nothing else.
 */
import { join } from "node:path";
import { makeDataDir, removeDataDir } from "@/e2e/support/app-process";
import { type Database, openDatabase } from "@/server/storage/database";
import { startEmbedded } from "@/server/storage/embedded/start-embedded";
import { applyMigrations } from "@/server/storage/migrate";
import { ensurePartitions } from "@/server/storage/partitions";
import { chunk } from "./traffic";

const TABLES = [
  ...["telemetry_event", "journey", "journey_alias", "loose_message", "connection_interval", "connection_summary"],
  ...["incident", "occurrence", "rollup_delta", "rollup", "router_rollup"],
];
const BATCH = 500;
const CONNECTIONS = 2;

interface Statement {
  table: string;
  text: string;
  rows: unknown[];
  /** 0 to 1: how far its table is by then. */
  place: number;
}

async function withDatabase<T>(dataDir: string, work: (db: Database) => Promise<T>): Promise<T> {
  const embedded = await startEmbedded({ dataDir, log: () => undefined });
  const db = await openDatabase({ url: embedded.url, poolSize: CONNECTIONS });
  try {
    return await work(db);
  } finally {
    await db.close();
    await embedded.stop();
  }
}

/** Those that are written, not generated from others. */
async function columnsOf(db: Database, table: string): Promise<string> {
  const { rows } = await db.pool.query<{ columns: string }>(
    `SELECT string_agg(attname, ', ') AS columns FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`,
    [table],
  );
  return rows[0]?.columns ?? "";
}

/** One statement for each batch of each table, the tables interleaved. */
async function statementsOf(db: Database): Promise<Statement[]> {
  const statements: Statement[] = [];
  for (const table of TABLES) {
    const { rows } = await db.pool.query<{ row: unknown }>(`SELECT to_jsonb(t) AS row FROM ${table} t`);
    const columns = await columnsOf(db, table);
    const text = `INSERT INTO ${table} (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`;
    const batches = chunk(
      rows.map(({ row }) => row),
      BATCH,
    );
    statements.push(...batches.map((batch, n) => ({ table, text, rows: batch, place: n / batches.length })));
  }
  return statements.sort((a, b) => a.place - b.place);
}

/**
 * @param filledDir data directory of an app that has ended
 * @param times of the events, in ms
 * @returns events a second
 */
export async function benchReplay(filledDir: string, times: readonly number[]): Promise<number> {
  const statements = await withDatabase(filledDir, statementsOf);
  const dataDir = makeDataDir();
  const seconds = await withDatabase(dataDir, async (db) => {
    await applyMigrations(db, join(import.meta.dirname, "../../prisma/migrations"));
    await ensurePartitions(db, Date.now(), times[0] ?? 0, times.at(-1) ?? 0);
    const began = performance.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, async () => {
        for (let statement = statements[next++]; statement; statement = statements[next++]) {
          await db.pool.query(statement.text, [JSON.stringify(statement.rows)]);
        }
      }),
    );
    return (performance.now() - began) / 1_000;
  });
  removeDataDir(dataDir);
  const events = statements.filter(({ table }) => table === "telemetry_event");
  return events.reduce((sum, { rows }) => sum + rows.length, 0) / seconds;
}
