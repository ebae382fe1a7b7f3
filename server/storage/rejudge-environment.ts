import type { Pool } from "pg";

const REJUDGED = ["running", "unobserved", "failed"];

/** Uses journey_status_idx; extends dirty_mark_pkey and dirty_mark_due_idx. */
export const REJUDGE_ENVIRONMENT = `INSERT INTO dirty_mark (kind, environment, key)
  SELECT 'journey', environment, key FROM journey
  WHERE environment = $1 AND status = ANY ($2::text[]) AND started_at >= $3::timestamptz`;

/** The parameters of {@link REJUDGE_ENVIRONMENT}. */
export function rejudgeParameters(environment: string, fromMs: number): unknown[] {
  return [environment, REJUDGED, new Date(fromMs)];
}

/**
 * Puts the journeys that rest on the absence of events into the judge's queue: what was taken for silence may have been
 * ours. Those of one environment that began since `fromMs`.
 */
export async function rejudgeEnvironment(db: { pool: Pool }, environment: string, fromMs: number): Promise<void> {
  await db.pool.query(REJUDGE_ENVIRONMENT, rejudgeParameters(environment, fromMs));
}
