/**
 * Whether a judge runs anywhere on this database: each holds a shared advisory lock on a connection of its own, which
 * ends with its process, however that ends.
 */
import { setTimeout as pause } from "node:timers/promises";
import { Client, type Pool } from "pg";
import { autoCommit, type Statement } from "./transaction";

const JUDGE_LOCK = 0x4a554447;
const RETRY_MS = 1_000;

export interface Presence {
  /** Resolves when nobody can take this judge for running any more. */
  end(): Promise<void>;
}

/** Says that a judge runs from now on, again after each time the database was away. */
export function holdPresence(pool: Pool): Presence {
  const ending = new AbortController();

  const holdOnce = async () => {
    const client = new Client(pool.options);
    const gone = new Promise<void>((resolve) => {
      client.once("end", resolve);
      client.once("error", () => resolve());
      ending.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    try {
      await client.connect();
      await client.query(`SELECT pg_advisory_lock_shared(${JUDGE_LOCK})`);
      if (!ending.signal.aborted) await gone;
    } finally {
      await client.end().catch(() => undefined);
    }
  };
  const held = (async () => {
    while (!ending.signal.aborted) {
      await holdOnce().catch(() => undefined);
      await pause(RETRY_MS, undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  return {
    async end() {
      ending.abort();
      await held;
    },
  };
}

/** No table: an advisory lock only, given back at once. */
export const TRY_ALONE: Statement = {
  name: "judge_try_alone",
  text: `SELECT pg_try_advisory_xact_lock(${JUDGE_LOCK}) AS alone`,
};

/** Whether a judge runs, here or in another process. */
export async function isJudged(pool: Pool): Promise<boolean> {
  const rows = await autoCommit(pool).query<{ alone: boolean }>(TRY_ALONE);
  return rows[0]?.alone === false;
}
