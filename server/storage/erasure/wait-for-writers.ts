import { setTimeout as wait } from "node:timers/promises";
import type { Pool } from "pg";

const ASK_MS = 20;
/** A transaction that stays open longer than this, somewhere on the server, is waited for no more. */
const PATIENCE_MS = 30_000;

/** No table. */
const SNAPSHOT = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest,
  pg_snapshot_xmax(pg_current_snapshot())::text AS next`;

/** Resolves when every transaction that writes at this moment has ended. */
export async function waitForWriters({ pool }: { pool: Pool }): Promise<void> {
  const snapshot = async () => {
    const { rows } = await pool.query<{ oldest: string; next: string }>(SNAPSHOT);
    return { oldest: BigInt(rows[0]?.oldest ?? 0), next: BigInt(rows[0]?.next ?? 0) };
  };
  const { next } = await snapshot();
  for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += ASK_MS) {
    if ((await snapshot()).oldest >= next) return;
    await wait(ASK_MS);
  }
}
