/** The bare engine: the same rows into the same table with the same indexes and settings, and nothing else. */
import { join } from "node:path";
import { makeDataDir, removeDataDir } from "@/e2e/support/app-process";
import { openDatabase } from "@/server/storage/database";
import { startEmbedded } from "@/server/storage/embedded/start-embedded";
import { applyMigrations } from "@/server/storage/migrate";
import { ensurePartitions } from "@/server/storage/partitions";
import { chunk, type TrafficEvent } from "./traffic";

export interface BareResult {
  rate: number;
  fsync: string;
  synchronousCommit: string;
  tableBytes: number;
}

const COLUMNS = [
  ...["environment", "id", "time", "received_at", "stage", "type", "user_id", "connection_id", "thread_id", "run_id"],
  ...["message_id", "in_reply_to", "agent_name", "tool_name", "tool_call_id", "router", "handler", "seq", "outcome"],
  ...["duration_ms", "scope", "service", "version", "clock_offset_ms", "routing_ids", "attributes"],
].join(", ");
const INSERT = `INSERT INTO telemetry_event (${COLUMNS})
  SELECT ${COLUMNS} FROM jsonb_populate_recordset(NULL::telemetry_event, $1::jsonb)`;
const BATCH = 500;
const CONNECTIONS = 2;

function rowOf(event: TrafficEvent): Record<string, unknown> {
  const snake = Object.entries(event).map(([name, value]) => [
    name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  return {
    received_at: event.time,
    outcome: "ok",
    scope: "user",
    clock_offset_ms: 0,
    routing_ids: [],
    attributes: {},
    ...Object.fromEntries(snake),
  };
}

export async function benchBare(events: TrafficEvent[]): Promise<BareResult> {
  const dataDir = makeDataDir();
  const embedded = await startEmbedded({ dataDir, log: () => undefined });
  const db = await openDatabase({ url: embedded.url, poolSize: CONNECTIONS });
  await applyMigrations(db, join(import.meta.dirname, "../../prisma/migrations"));
  const times = events.map((event) => Date.parse(event.time));
  await ensurePartitions(db, Date.now(), Math.min(...times.slice(0, 1), times.at(-1) ?? 0), times.at(-1) ?? 0);
  const batches = chunk(events.map(rowOf), BATCH);
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (let batch = batches[next++]; batch; batch = batches[next++]) {
        await db.pool.query({ name: "bare", text: INSERT, values: [JSON.stringify(batch)] });
      }
    }),
  );
  const seconds = (performance.now() - began) / 1_000;
  const { rows } = await db.pool.query<{ fsync: string; synchronous_commit: string; bytes: string }>(
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS synchronous_commit,
       sum(pg_total_relation_size(inhrelid)) AS bytes FROM pg_inherits WHERE inhparent = 'telemetry_event'::regclass`,
  );
  await db.close();
  await embedded.stop();
  removeDataDir(dataDir);
  return {
    rate: events.length / seconds,
    fsync: rows[0]?.fsync ?? "?",
    synchronousCommit: rows[0]?.synchronous_commit ?? "?",
    tableBytes: Number(rows[0]?.bytes ?? 0),
  };
}
