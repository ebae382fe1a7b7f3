import type { Database } from "../../database";
import { idsByPrefix, prefixValues } from "./ids-by-prefix";
import { type JourneyOfId, journeyOf } from "./search-journeys";

export interface FoundThread extends JourneyOfId {
  environment: string;
  id: string;
  /** When the last message was received in it. */
  at: Date;
}

/** Threads that a message was received in, and the newest of these, by telemetry_event_thread_received_idx. */
export const FIND_THREADS_SQL = `
${idsByPrefix({ table: "telemetry_event", column: "thread_id", where: "t.stage = 'received'" })}
SELECT f.environment, f.id, e.time AS at, j.* FROM found f
CROSS JOIN LATERAL (
  SELECT e.time, COALESCE(e.run_id, e.message_id, e.id) AS alias FROM telemetry_event e
  WHERE e.environment = f.environment AND e.thread_id = f.id AND e.stage = 'received' ORDER BY e.time DESC LIMIT 1
) e
${journeyOf("e.alias", "f.environment")}
WHERE f.id IS NOT NULL`;

/** Threads whose id begins with the prefix, at most `limit` of each environment. */
export async function findThreads(
  { pool }: Database,
  environments: string[],
  prefix: string,
  limit: number,
): Promise<FoundThread[]> {
  return (await pool.query<FoundThread>(FIND_THREADS_SQL, prefixValues(environments, prefix, limit))).rows;
}
