/** Transactions of the judge: named statements on one connection, READ COMMITTED, rolled back when `run` throws. */
import type { Pool, PoolClient } from "pg";
import { JOIN_JUDGING } from "../erasure/judge-pause";
import { inTransaction as inOwnTransaction } from "../transaction";

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
export const BEGIN_JUDGING = `BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off; ${JOIN_JUDGING}`;

/** Runs `run` in one transaction. READ COMMITTED, because what is read after a lock must be newer than the lock. */
export function inTransaction<T>(pool: Pool, run: (session: Session) => Promise<T>): Promise<T> {
  return inOwnTransaction({ pool }, (client) => run(sessionOn(client)), BEGIN_JUDGING);
}

const BEGIN_SNAPSHOT =
  "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL enable_seqscan = off; SET LOCAL jit = off";

/** Runs `run`, which only reads, on what was committed at one moment. */
export function inSnapshot<T>(pool: Pool, run: (session: Session) => Promise<T>): Promise<T> {
  return inOwnTransaction({ pool }, (client) => run(sessionOn(client)), BEGIN_SNAPSHOT);
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
