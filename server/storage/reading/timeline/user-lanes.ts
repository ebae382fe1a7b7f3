import type { Database } from "../../database";
import { rangeValues, type TimelineRange } from "./members";

export interface UserConnectionRow {
  environment: string;
  connection_id: string;
  instance: string;
  opened_at: Date | null;
  closed_at: Date | null;
  close_code: number | null;
  /** Rows without a limit. */
  total: number;
}

/** The user's connections that touch the range, the one opened last first (connection_interval_user_idx). */
export const USER_CONNECTIONS_SQL = `
SELECT environment, connection_id, instance, opened_at, closed_at, close_code, count(*) OVER ()::int AS total
FROM connection_interval
WHERE environment = ANY($1::text[]) AND user_id = $2 AND (closed_at IS NULL OR closed_at >= $3::timestamptz)
  AND (opened_at IS NULL OR opened_at < $4::timestamptz)
ORDER BY opened_at DESC NULLS LAST, connection_id, n LIMIT $5`;

export async function readUserConnections({ pool }: Database, range: TimelineRange, limit: number) {
  return (await pool.query<UserConnectionRow>(USER_CONNECTIONS_SQL, [...rangeValues(range), limit])).rows;
}

export interface UserJourneyRow {
  environment: string;
  key: string;
  id: string;
  status: string;
  started_at: Date;
  ended_at: Date | null;
  last_event_at: Date;
  broken_finding: string | null;
  thread_ids: string[];
  /** Rows without a limit. */
  total: number;
}

/** The user's journeys that touch the range; those that failed first, then the newest (journey_owner_idx). */
export const USER_JOURNEYS_SQL = `
SELECT environment, key, id, status, started_at, ended_at, last_event_at, broken_finding, thread_ids,
  count(*) OVER ()::int AS total
FROM journey WHERE environment = ANY($1::text[]) AND owner = $2
  AND started_at < $4::timestamptz AND last_event_at >= $3::timestamptz
ORDER BY status <> 'failed', started_at DESC, key LIMIT $5`;

export async function readUserJourneys({ pool }: Database, range: TimelineRange, limit: number) {
  return (await pool.query<UserJourneyRow>(USER_JOURNEYS_SQL, [...rangeValues(range), limit])).rows;
}

/** Journeys by status in each stretch of `$5` ms since the range's begin (journey_owner_idx): [stretch, status, journeys]. */
export const JOURNEY_BUCKETS_SQL = `
SELECT floor(extract(epoch FROM started_at - $3::timestamptz) * 1000 / $5::float8)::int AS bucket, status,
  count(*)::int AS journeys
FROM journey WHERE environment = ANY($1::text[]) AND owner = $2
  AND started_at >= $3::timestamptz AND started_at < $4::timestamptz
GROUP BY 1, 2 ORDER BY 1, 2`;

export async function readJourneyBuckets({ pool }: Database, range: TimelineRange, bucketMs: number) {
  const values = [...rangeValues(range), bucketMs];
  return (await pool.query<{ bucket: number; status: string; journeys: number }>(JOURNEY_BUCKETS_SQL, values)).rows;
}
