/** Transactions of the judge: named statements on one connection, READ COMMITTED, rolled back when `run` throws. */
import type { Pool, PoolClient } from "pg";

/** Prepared once per connection under its name; the same name always has the same text. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** One connection, inside a transaction or not. */
export interface Session {
  query<Row extends object>(statement: Statement, ...values: unknown[]): Promise<Row[]>;
}

function sessionOn(client: Pool | PoolClient): Session {
  return {
    async query<Row extends object>(statement: Statement, ...values: unknown[]) {
      const result = await client.query<Row>({ name: statement.name, text: statement.text, values });
      return result.rows;
    },
  };
}

/** Single statements, each its own transaction. */
export function autoCommit(pool: Pool): Session {
  return sessionOn(pool);
}

/**
 * Plans are kept per connection: one that was made while a partition was empty must still use its index when the
 * partition has grown. Compiling these short queries costs more than running them.
 */
export const BEGIN_JUDGING =
  "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off";

/** Runs `run` in one transaction. READ COMMITTED, because what is read after a lock must be newer than the lock. */
export async function inTransaction<T>(pool: Pool, run: (session: Session) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(BEGIN_JUDGING);
    const result = await run(sessionOn(client));
    await client.query("COMMIT");
    return result;
  } catch (error) {
    await client.query("ROLLBACK").catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** SQLSTATE classes that say nothing about the rows: connection, rollback, resources, operator, system, locks. */
const TRANSIENT_CLASSES = new Set(["08", "40", "53", "55", "57", "58"]);

/** Whether an error says that the database was away or busy, and nothing about what was written. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code.length === 5 && /^[0-9A-Z]{5}$/.test(code)) return TRANSIENT_CLASSES.has(code.slice(0, 2));
  if (/^E[A-Z]+$/.test(code)) return true;
  return /connection|timeout|terminated|pool/i.test(error.message);
}
