/**
 * Erases one user of one environment from everything stored: the pseudonym stands in every place, so that what belongs
 * together still does, and no count changes. Ingest knows the pseudonym already; nothing new comes in under the id.
 */
import type { Renaming } from "@/domain/erasure/rename-user";
import type { Database } from "@/server/storage/database";
import { collectEvents, isNamed, renameEvents } from "@/server/storage/erasure/found-events";
import { PAUSE_JUDGING } from "@/server/storage/erasure/judge-pause";
import { renameAudit } from "@/server/storage/erasure/rename-audit";
import { renameJourneys } from "@/server/storage/erasure/rename-journeys";
import { renameState } from "@/server/storage/erasure/rename-state";
import { sqlState } from "@/server/storage/sql-state";
import { renameInViews } from "@/server/views/rename-in-views";

/** Two erasures at a time, in whatever processes, would wait for each other in a circle. */
const ONE_AT_A_TIME = "SELECT pg_advisory_lock(1163019603, 1)";
const NEXT_PLEASE = "SELECT pg_advisory_unlock(1163019603, 1)";
const ATTEMPTS = 5;
/** Deadlock, serialization failure, a lock that was not to be had. */
const RETRIED = new Set(["40P01", "40001", "55P03"]);

export interface ErasureCounts {
  events: number;
  connections: number;
  journeys: number;
  leaks: number;
  incidents: number;
  auditEntries: number;
}

/** @param mayGoOn throws when the erasure has to stop; it can be begun again at any time */
export async function eraseUser(
  db: Database,
  environment: string,
  renaming: Renaming,
  mayGoOn: () => void,
): Promise<ErasureCounts> {
  const { events, ...state } = await retried(() => renameEvidence(db, environment, renaming, mayGoOn));
  // A process that slept through the announcement may have stored the id once more.
  for (let again = 0; again < ATTEMPTS && (await isNamed(db, environment, renaming.from)); again++) {
    await retried(() => renameEvidence(db, environment, renaming, mayGoOn));
  }
  const journeys = await retried(() => renameJourneys(db, environment, renaming, mayGoOn));
  const auditEntries = await renameAudit(db, environment, renaming);
  await renameInViews(db, renaming);
  return { events, ...state, journeys, auditEntries };
}

/**
 * Events and what the judge made of them in one transaction: a judge that saw one half would see a message of the id
 * reach the pseudonym. Events are changed first, which nobody waits for; judging pauses for the rest, a moment.
 */
async function renameEvidence(db: Database, environment: string, renaming: Renaming, mayGoOn: () => void) {
  const client = await db.pool.connect();
  let broken = true;
  try {
    await client.query(ONE_AT_A_TIME);
    const events = await collectEvents(client, environment, renaming.from);
    mayGoOn();
    await client.query("BEGIN; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off");
    await renameEvents(client, events, renaming, mayGoOn);
    await client.query(PAUSE_JUDGING);
    const state = await renameState(client, environment, renaming);
    await client.query("COMMIT");
    await client.query("DROP TABLE erasure_found");
    await client.query(NEXT_PLEASE);
    broken = false;
    return { events, ...state };
  } finally {
    // A connection that did not come to its end goes, and its transaction, its list and its lock with it.
    client.release(broken);
  }
}

async function retried<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === ATTEMPTS || !RETRIED.has(sqlState(error) ?? "")) throw error;
    }
  }
}
