/**
 * Transaction locks on what is being judged. Whoever judges a journey holds the locks of its ids before it reads
 * their events; locks are waited for in ascending order only, everything found later is tried.
 */
import { createHash } from "node:crypto";
import type { Session, Statement } from "./transaction";

/** No table: advisory locks only. */
export const LOCK_ALL: Statement = {
  name: "judge_lock_all",
  text: `SELECT count(pg_advisory_xact_lock(id)) FROM (
      SELECT value::bigint AS id FROM json_array_elements_text($1::json) ORDER BY 1 OFFSET 0) AS wanted`,
};

/** No table: advisory locks only. */
export const TRY_LOCKS: Statement = {
  name: "judge_try_locks",
  text: `SELECT value AS id FROM json_array_elements_text($1::json) WHERE NOT pg_try_advisory_xact_lock(value::bigint)`,
};

/** 64 bits of a name; two names with the same bits merely wait for each other. */
export function lockId(name: string): string {
  return createHash("sha1").update(name).digest().readBigInt64BE(0).toString();
}

/** Waits for every lock, in ascending order. */
export async function lockAll(session: Session, names: Iterable<string>): Promise<void> {
  const ids = [...new Set([...names].map(lockId))];
  if (ids.length > 0) await session.query(LOCK_ALL, JSON.stringify(ids));
}

/** Tries every lock without waiting; answers the names that somebody else holds. */
export async function tryLocks(session: Session, names: readonly string[]): Promise<Set<string>> {
  if (names.length === 0) return new Set();
  const byId = new Map(names.map((name) => [lockId(name), name]));
  const refused = await session.query<{ id: string }>(TRY_LOCKS, JSON.stringify([...byId.keys()]));
  return new Set(refused.flatMap(({ id }) => byId.get(id) ?? []));
}
