import type { Database } from "../database";
import {
  CONNECTION_USER_JOIN,
  EVENT_AT,
  EVENT_COLUMNS,
  EVENT_ORDER,
  type EventPosition,
  type EventRow,
} from "./event-row";

export interface TimelineQuery {
  environments: string[];
  user: string;
  from: Date | null;
  to: Date | null;
  after: EventPosition | null;
  limit: number;
}

const RANGE = `e.time >= COALESCE($3::timestamptz, '-infinity') AND e.time < COALESCE($4::timestamptz, 'infinity')
  AND ($5::timestamptz IS NULL
    OR (e.time >= $5::timestamptz AND (e.time, COALESCE(e.seq, -1), e.id) > ($5::timestamptz, $6::bigint, $7::text)))`;

/** Events that name the user by telemetry_event_user_idx, and those on connections of theirs by telemetry_event_connection_idx. */
export const USER_TIMELINE_SQL = `
WITH seen AS (
  SELECT e.* FROM unnest($1::text[]) AS v(environment) CROSS JOIN LATERAL (
    SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e
    WHERE e.environment = v.environment AND e.user_id = $2 AND ${RANGE}
    ORDER BY ${EVENT_ORDER} LIMIT $8
  ) e
  UNION ALL
  (SELECT DISTINCT ON (${EVENT_ORDER}) e.* FROM connection_interval i CROSS JOIN LATERAL (
      SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e
      WHERE e.environment = i.environment AND e.connection_id = i.connection_id AND COALESCE(e.instance, '') = i.instance
        AND e.user_id IS DISTINCT FROM $2 AND ${RANGE}
        AND e.time >= COALESCE(i.opened_at - interval '1 second', '-infinity') AND e.time <= COALESCE(i.closed_at, 'infinity')
      ORDER BY ${EVENT_ORDER} LIMIT $8
    ) e
    WHERE i.environment = ANY($1::text[]) AND i.user_id = $2
      AND COALESCE(i.closed_at, 'infinity') >= GREATEST($3::timestamptz, $5::timestamptz, '-infinity')
      AND COALESCE(i.opened_at, '-infinity') < COALESCE($4::timestamptz, 'infinity')
    ORDER BY ${EVENT_ORDER} LIMIT $8)
)
SELECT e.*, c.connection_user FROM (SELECT * FROM seen e ORDER BY ${EVENT_ORDER} LIMIT $8) e
${CONNECTION_USER_JOIN}
ORDER BY ${EVENT_ORDER}`;

/** One page of what happened to a user, oldest first. */
export async function readUserTimeline({ pool }: Database, query: TimelineQuery): Promise<EventRow[]> {
  const { environments, user, from, to, after, limit } = query;
  const position = [after?.at ?? null, after?.seq ?? null, after?.id ?? null];
  return (await pool.query<EventRow>(USER_TIMELINE_SQL, [environments, user, from, to, ...position, limit])).rows;
}
