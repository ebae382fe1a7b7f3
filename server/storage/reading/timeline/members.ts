/**
 * What belongs to a user's timeline, each event once: events that claim the user; else events on connections that were
 * the user's, whoever's messages they are; else events of the user's journeys, also those that name nobody.
 */
import { CONNECTION_USER_JOIN } from "../event-row";
import { SEGMENTS, WITHIN_SEGMENT } from "./segments";
import { type Bound, filterSql, type TimelineFilter } from "./timeline-filter";

/** A user and a stretch of time; `from` is in it, `to` is not. Text keeps the microseconds that a Date would lose. */
export interface TimelineRange {
  environments: string[];
  user: string;
  from: Date | string | null;
  to: Date | string | null;
}

/** Clocks of sources differ: an event is looked for so long before the request that opened its journey. */
const BEFORE_START = "interval '5 minutes'";
const ON_THE_WAY_OUT = "('emitted', 'sent', 'acked', 'dropped', 'routed')";

/** `$1` environments, `$2` user, `$3` from, `$4` to: the first values of every statement built here. */
export function rangeValues({ environments, user, from, to }: TimelineRange): unknown[] {
  return [environments, user, from ?? "-infinity", to ?? "infinity"];
}

export const IN_RANGE = "e.time >= $3::timestamptz AND e.time < $4::timestamptz";
const OF_JOURNEY = "e.time >= j.from_at AND e.time < j.before_at";

/** Columns that decide whether an event belongs to the timeline. */
const DECIDING = `e.environment, e.id, e.time, e.seq, e.stage, e.type, e.user_id, e.connection_id, e.instance,
  e.thread_id, e.run_id, e.message_id, e.router, e.outcome`;

/** The user's journeys in the range (journey_owner_idx). */
const OWN_JOURNEYS = `owned AS MATERIALIZED (
  SELECT environment, key, id, started_at - ${BEFORE_START} AS from_at,
    last_event_at + interval '1 millisecond' AS before_at, unclaimed_ids, unclaimed_ms
  FROM journey WHERE environment = ANY($1::text[]) AND owner = $2
    AND started_at < $4::timestamptz + ${BEFORE_START} AND last_event_at > $3::timestamptz - interval '1 millisecond'
)`;

/** What the judge found in these journeys beside what claims the user (telemetry_event_pkey). */
const UNCLAIMED = `unclaimed AS (
  SELECT e.* FROM owned j CROSS JOIN LATERAL unnest(j.unclaimed_ids, j.unclaimed_ms) AS u(id, ms)
  CROSS JOIN LATERAL (
    SELECT ${DECIDING} FROM telemetry_event e WHERE e.environment = j.environment AND e.id = u.id
      AND e.time BETWEEN to_timestamp((u.ms - 1) / 1000) AND to_timestamp((u.ms + 1) / 1000) OFFSET 0) e
)`;

/** Journeys of too many events to tell them one by one, and the ids that find those (journey_alias_key_idx, _pkey). */
const LARGE_JOURNEYS = `own_journey AS MATERIALIZED (
  SELECT environment, key, id, from_at, before_at FROM owned WHERE unclaimed_ids IS NULL
), own_alias AS MATERIALIZED (
  SELECT j.*, a.alias, EXISTS (SELECT 1 FROM journey_alias o WHERE o.environment = j.environment AND o.alias = a.alias
      AND o.journey_key <> j.key) AS shared
  FROM own_journey j CROSS JOIN LATERAL (
    SELECT alias FROM journey_alias a WHERE a.environment = j.environment AND a.journey_key = j.key
    UNION SELECT j.id) a
)`;

/** By telemetry_event_run_idx. */
const RUN_EVENTS = `run_event AS MATERIALIZED (
  SELECT j.key, j.from_at, j.before_at, e.* FROM own_alias j CROSS JOIN LATERAL (
    SELECT ${DECIDING} FROM telemetry_event e
    WHERE e.environment = j.environment AND e.run_id = j.alias AND ${OF_JOURNEY} OFFSET 0) e
)`;

/** Stages without a run, by the id of a message that only one run has (telemetry_event_stray_idx, _message_idx). */
const STRAYS = `stray_candidate AS MATERIALIZED (
  SELECT j.key, j.from_at, j.before_at, e.* FROM (
    SELECT DISTINCT key, from_at, before_at, environment, message_id FROM run_event
    WHERE message_id IS NOT NULL AND stage IN ${ON_THE_WAY_OUT}
  ) j CROSS JOIN LATERAL (
    SELECT ${DECIDING} FROM telemetry_event e
    WHERE e.environment = j.environment AND e.message_id = j.message_id AND e.run_id IS NULL
      AND e.stage IN ${ON_THE_WAY_OUT} AND ${OF_JOURNEY} OFFSET 0) e
), stray_event AS (
  SELECT e.* FROM stray_candidate e WHERE NOT EXISTS (
    SELECT 1 FROM telemetry_event x WHERE x.environment = e.environment AND x.message_id = e.message_id
      AND x.run_id IS NOT NULL AND x.time >= e.from_at - interval '1 day' AND x.time < e.before_at + interval '1 day'
      AND NOT EXISTS (SELECT 1 FROM journey_alias a
        WHERE a.environment = x.environment AND a.alias = x.run_id AND a.journey_key = e.key) OFFSET 0)
)`;

/**
 * By the id of the request: telemetry_event_message_idx, _in_reply_to_idx and _pkey. Where users share an id, only what
 * names nobody.
 */
const NAMED_EVENTS = `named_event AS (
  SELECT e.* FROM own_alias j CROSS JOIN LATERAL (
    SELECT ${DECIDING} FROM telemetry_event e WHERE e.environment = j.environment AND e.message_id = j.alias
      AND e.run_id IS NULL AND ${OF_JOURNEY}
    UNION ALL
    SELECT ${DECIDING} FROM telemetry_event e WHERE e.environment = j.environment AND e.in_reply_to = j.alias
      AND e.run_id IS NULL AND ${OF_JOURNEY}
    UNION ALL
    SELECT ${DECIDING} FROM telemetry_event e WHERE e.environment = j.environment AND e.id = j.alias
      AND e.run_id IS NULL AND e.message_id IS NULL AND e.in_reply_to IS NULL AND ${OF_JOURNEY}
  ) e ${CONNECTION_USER_JOIN}
  WHERE NOT j.shared OR (e.user_id IS NULL AND c.connection_user IS NULL)
)`;

const CLAIMS_ANOTHER = "e.user_id IS DISTINCT FROM $2";
const ELSEWHERE = `${CLAIMS_ANOTHER} AND NOT EXISTS (SELECT 1 FROM segment s WHERE ${WITHIN_SEGMENT})`;

/**
 * CTEs up to `member (environment, id, time, seq, …)`, whose further columns are `extra`, all of event `e`. Claims are
 * found by telemetry_event_user_idx, the user's connections by telemetry_event_connection_idx.
 */
export function memberSql(filter: TimelineFilter, bound: Bound, { extra = "", after = "" } = {}): string {
  const narrowed = `${IN_RANGE}${filterSql(filter, bound)}${after}`;
  const columns = `e.environment, e.id, e.time, COALESCE(e.seq, -1) AS seq${extra}`;
  return `${SEGMENTS}, ${OWN_JOURNEYS}, ${UNCLAIMED}, ${LARGE_JOURNEYS}, ${RUN_EVENTS}, ${STRAYS}, ${NAMED_EVENTS}, member AS MATERIALIZED (
  SELECT ${columns} FROM telemetry_event e
  WHERE e.environment = ANY($1::text[]) AND e.user_id = $2 AND ${narrowed}
  UNION ALL
  SELECT ${columns} FROM segment s CROSS JOIN LATERAL (
    SELECT e.* FROM telemetry_event e WHERE ${WITHIN_SEGMENT} AND ${CLAIMS_ANOTHER} AND ${narrowed} OFFSET 0) e
  UNION ALL
  (SELECT ${columns} FROM unclaimed e WHERE ${ELSEWHERE} AND ${narrowed}
   UNION
   SELECT ${columns} FROM run_event e WHERE ${ELSEWHERE} AND ${narrowed}
   UNION
   SELECT ${columns} FROM stray_event e WHERE ${ELSEWHERE} AND ${narrowed}
   UNION
   SELECT ${columns} FROM named_event e WHERE ${ELSEWHERE} AND ${narrowed})
)`;
}
