import type { Database } from "../database";
import {
  CONNECTION_USER_JOIN,
  EVENT_AT,
  EVENT_COLUMNS,
  EVENT_ORDER,
  type EventPosition,
  type EventRow,
} from "./event-row";

export interface JourneyEventsQuery {
  environment: string;
  /** Run and inbound message ids of the journey. */
  aliases: string[];
  /** Ids of its outbound messages, whose deliveries may name no run. */
  messageIds: string[];
  /** Where ids are shared between users, inbound events of others are left out. */
  owner: string | null;
  after: EventPosition | null;
  limit: number;
}

const AFTER = `($5::timestamptz IS NULL
    OR (e.time >= $5::timestamptz AND (e.time, COALESCE(e.seq, -1), e.id) > ($5::timestamptz, $6::bigint, $7::text)))`;
const OWN = `($4::text IS NULL OR e.stage NOT IN ('received', 'routed')
    OR COALESCE(c.connection_user, e.user_id, $4) = $4)`;

/** Four disjoint ways in, each by its own index. */
export const JOURNEY_EVENTS_SQL = `
WITH member AS (
  (SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e -- telemetry_event_run_idx
    WHERE e.environment = $1 AND e.run_id = ANY($2::text[]) AND ${AFTER}
    ORDER BY ${EVENT_ORDER} LIMIT $8)
  UNION ALL
  (SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e ${CONNECTION_USER_JOIN} -- telemetry_event_message_idx
    WHERE e.environment = $1 AND e.message_id = ANY($2::text[] || $3::text[]) AND e.run_id IS NULL
      AND ${OWN} AND ${AFTER}
    ORDER BY ${EVENT_ORDER} LIMIT $8)
  UNION ALL
  (SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e -- telemetry_event_in_reply_to_idx
    WHERE e.environment = $1 AND e.in_reply_to = ANY($2::text[]) AND e.run_id IS NULL
      AND (e.message_id IS NULL OR e.message_id <> ALL($2::text[] || $3::text[])) AND ${AFTER}
    ORDER BY ${EVENT_ORDER} LIMIT $8)
  UNION ALL
  (SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e -- telemetry_event_pkey
    WHERE e.environment = $1 AND e.id = ANY($2::text[]) AND e.run_id IS NULL AND e.message_id IS NULL
      AND e.in_reply_to IS NULL AND ${AFTER}
    ORDER BY ${EVENT_ORDER} LIMIT $8)
)
SELECT e.*, c.connection_user FROM (SELECT * FROM member e ORDER BY ${EVENT_ORDER} LIMIT $8) e
${CONNECTION_USER_JOIN}
ORDER BY ${EVENT_ORDER}`;

/** One page of a journey's own events, oldest first. */
export async function readJourneyEvents({ pool }: Database, query: JourneyEventsQuery): Promise<EventRow[]> {
  const { environment, aliases, messageIds, owner, after, limit } = query;
  const values = [environment, aliases, messageIds, owner, after?.at ?? null, after?.seq ?? null, after?.id ?? null];
  return (await pool.query<EventRow>(JOURNEY_EVENTS_SQL, [...values, limit])).rows;
}
