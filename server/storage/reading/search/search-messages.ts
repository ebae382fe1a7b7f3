import type { Database } from "../../database";
import { CONNECTION_USER_JOIN } from "../event-row";
import { idsByPrefix, prefixValues } from "./ids-by-prefix";
import { type JourneyOfId, journeyOf } from "./search-journeys";

export interface FoundMessage extends JourneyOfId {
  environment: string;
  id: string;
  type: string | null;
  at: Date;
  /** Who was on the connection that it was first seen on. */
  connection_user: string | null;
}

/** Events of one message that are looked at. */
const EVENTS_OF_ONE = 50;

/**
 * Message ids and their events by telemetry_event_message_idx, then the journey of their run or of the request itself, and
 * who was on the connection (connection_interval_id_idx).
 */
export const FIND_MESSAGES_SQL = `
${idsByPrefix({ table: "telemetry_event", column: "message_id" })}, message AS (
  SELECT f.environment, f.id, e.run_id, min(e.time) AS at, (array_agg(e.type ORDER BY e.time, e.id))[1] AS type,
    (array_agg(e.connection_id ORDER BY e.time, e.id) FILTER (WHERE e.connection_id IS NOT NULL))[1] AS connection_id,
    (array_agg(e.instance ORDER BY e.time, e.id) FILTER (WHERE e.connection_id IS NOT NULL))[1] AS instance,
    min(e.time) FILTER (WHERE e.connection_id IS NOT NULL) AS time,
    COALESCE(e.run_id, CASE WHEN bool_or(e.stage IN ('received', 'routed')) THEN f.id END) AS alias
  FROM found f CROSS JOIN LATERAL (
    SELECT e.id, e.run_id, e.time, e.type, e.stage, e.connection_id, e.instance FROM telemetry_event e
    WHERE e.environment = f.environment AND e.message_id = f.id LIMIT ${EVENTS_OF_ONE}
  ) e
  WHERE f.id IS NOT NULL GROUP BY f.environment, f.id, e.run_id
)
SELECT e.environment, e.id, e.type, e.at, c.connection_user, j.* FROM message e
${CONNECTION_USER_JOIN}
${journeyOf("e.alias", "e.environment")}`;

/** Messages whose id begins with the prefix, those of at most `limit` ids of each environment; one a run. */
export async function findMessages(
  { pool }: Database,
  environments: string[],
  prefix: string,
  limit: number,
): Promise<FoundMessage[]> {
  return (await pool.query<FoundMessage>(FIND_MESSAGES_SQL, prefixValues(environments, prefix, limit))).rows;
}
