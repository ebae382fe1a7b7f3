import type { Database } from "../database";
import {
  CONNECTION_USER_JOIN,
  EVENT_AT,
  EVENT_COLUMNS,
  EVENT_ORDER,
  type EventPosition,
  type EventRow,
} from "./event-row";

/** What finds a journey's own events. */
export interface JourneyMembers {
  environment: string;
  /** Run and inbound message ids of the journey. */
  aliases: string[];
  /** Ids of its outbound messages, whose deliveries may name no run. */
  messageIds: string[];
  /** Where ids are shared between users, inbound events of others are left out. */
  owner: string | null;
}

const BACKWARDS = "e.time DESC, COALESCE(e.seq, -1) DESC, e.id DESC";
const ORDER_KEY = "(e.time, COALESCE(e.seq, -1), e.id)";
const AFTER = `($6::timestamptz IS NULL
    OR (e.time >= $6::timestamptz AND ${ORDER_KEY} > ($6::timestamptz, $7::bigint, $8::text)))`;
const BEFORE = `e.time <= $6::timestamptz AND ${ORDER_KEY} < ($6::timestamptz, $7::bigint, $8::text)`;
const OWN = `($4::text IS NULL OR e.stage NOT IN ('received', 'routed')
    OR COALESCE(c.connection_user, e.user_id, $4) = $4)`;

/** Four disjoint ways in, each by its own index; `$1` to `$4` are the members, `$5` how many are read. */
function membersSql(condition: string, order: string): string {
  return `
WITH member AS (
  (SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e -- telemetry_event_run_idx
    WHERE e.environment = $1 AND e.run_id = ANY($2::text[]) AND ${condition}
    ORDER BY ${order} LIMIT $5)
  UNION ALL
  (SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e ${CONNECTION_USER_JOIN} -- telemetry_event_message_idx
    WHERE e.environment = $1 AND e.message_id = ANY($2::text[] || $3::text[]) AND e.run_id IS NULL
      AND ${OWN} AND ${condition}
    ORDER BY ${order} LIMIT $5)
  UNION ALL
  (SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e -- telemetry_event_in_reply_to_idx
    WHERE e.environment = $1 AND e.in_reply_to = ANY($2::text[]) AND e.run_id IS NULL
      AND (e.message_id IS NULL OR e.message_id <> ALL($2::text[] || $3::text[])) AND ${condition}
    ORDER BY ${order} LIMIT $5)
  UNION ALL
  (SELECT ${EVENT_COLUMNS}, ${EVENT_AT} FROM telemetry_event e -- telemetry_event_pkey
    WHERE e.environment = $1 AND e.id = ANY($2::text[]) AND e.run_id IS NULL AND e.message_id IS NULL
      AND e.in_reply_to IS NULL AND ${condition}
    ORDER BY ${order} LIMIT $5)
)
SELECT e.*, c.connection_user FROM (SELECT * FROM member e ORDER BY ${order} LIMIT $5) e
${CONNECTION_USER_JOIN}
ORDER BY ${order}`;
}

export const JOURNEY_EVENTS_SQL = membersSql(AFTER, EVENT_ORDER);
export const JOURNEY_EVENTS_BEFORE_SQL = membersSql(BEFORE, BACKWARDS);
export const JOURNEY_EVENTS_AT_SQL = membersSql(
  "e.time = ANY(ARRAY(SELECT to_timestamp(ms / 1000) FROM unnest($6::float8[]) ms))",
  EVENT_ORDER,
);
export const JOURNEY_EVENT_SQL = membersSql("e.id = $6", EVENT_ORDER);

const memberValues = ({ environment, aliases, messageIds, owner }: JourneyMembers, limit: number) => [
  environment,
  aliases,
  messageIds,
  owner,
  limit,
];
const positionValues = (position: EventPosition | null) => [
  position?.at ?? null,
  position?.seq ?? null,
  position?.id ?? null,
];

/** One page of a journey's own events, oldest first. */
export async function readJourneyEvents(
  { pool }: Database,
  members: JourneyMembers,
  after: EventPosition | null,
  limit: number,
): Promise<EventRow[]> {
  const values = [...memberValues(members, limit), ...positionValues(after)];
  return (await pool.query<EventRow>(JOURNEY_EVENTS_SQL, values)).rows;
}

/** The events before a position, the nearest first. */
export async function readJourneyEventsBefore(
  { pool }: Database,
  members: JourneyMembers,
  before: EventPosition,
  limit: number,
): Promise<EventRow[]> {
  const values = [...memberValues(members, limit), ...positionValues(before)];
  return (await pool.query<EventRow>(JOURNEY_EVENTS_BEFORE_SQL, values)).rows;
}

/** The events at these moments (ms since the epoch, µs as fraction). */
export async function readJourneyEventsAt(
  { pool }: Database,
  members: JourneyMembers,
  timesMs: number[],
  limit: number,
): Promise<EventRow[]> {
  return (await pool.query<EventRow>(JOURNEY_EVENTS_AT_SQL, [...memberValues(members, limit), timesMs])).rows;
}

/** One of the journey's own events by its id; null when it has none of that id. */
export async function readJourneyEvent(
  { pool }: Database,
  members: JourneyMembers,
  id: string,
): Promise<EventRow | null> {
  return (await pool.query<EventRow>(JOURNEY_EVENT_SQL, [...memberValues(members, 1), id])).rows[0] ?? null;
}
