import type { Pool } from "pg";

const REJUDGED = ["running", "unobserved", "failed"];

/**
 * Puts the journeys that rest on the absence of events into the judge's queue: what was taken for silence may have been
 * ours. Those of one environment that began since `fromMs`. Uses journey_status_idx.
 */
export async function rejudgeEnvironment(db: { pool: Pool }, environment: string, fromMs: number): Promise<void> {
  await db.pool.query(
    `INSERT INTO dirty_mark (kind, environment, key)
     SELECT 'journey', environment, key FROM journey
     WHERE environment = $1 AND status = ANY ($2::text[]) AND started_at >= $3::timestamptz`,
    [environment, REJUDGED, new Date(fromMs)],
  );
}
