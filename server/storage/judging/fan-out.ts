/**
 * What else becomes dirty when a connection, a stop or a thread changes. Runs in a later transaction than the change,
 * once every transaction that could have read the old state has ended, so that no verdict by the old state is missed.
 */
import type { Named } from "./load-intervals";
import type { Session, Statement } from "./transaction";

/** No table. */
export const SNAPSHOT: Statement = {
  name: "judge_snapshot",
  text: `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS oldest, pg_snapshot_xmax(pg_current_snapshot())::text AS next`,
};

/** The oldest transaction that is still running, and the number that the next one will get. */
export async function currentSnapshot(session: Session): Promise<{ oldest: bigint; next: bigint }> {
  const [row] = await session.query<{ oldest: string; next: string }>(SNAPSHOT);
  return { oldest: BigInt(row?.oldest ?? 0), next: BigInt(row?.next ?? 0) };
}

const KIND = `CASE WHEN e.type = 'stop_agent' AND e.stage = 'received' AND e.run_id IS NULL THEN 'stop'
  WHEN e.run_id IS NOT NULL THEN 'run' WHEN e.message_id IS NOT NULL THEN 'message' ELSE 'event' END`;
const KEY = `CASE WHEN e.type = 'stop_agent' AND e.stage = 'received' AND e.run_id IS NULL THEN e.id
  ELSE coalesce(e.run_id, e.message_id, e.id) END`;

/** A journey's mark: by its run where it has one, as ingest marks it, so that both are one. */
const JOURNEY_KIND = `CASE WHEN j.key LIKE 'r:%' THEN 'run' ELSE 'journey' END`;
const JOURNEY_KEY = `CASE WHEN j.key LIKE 'r:%' THEN substr(j.key, 3) ELSE j.key END`;

/** Whether a row of an alias was written by a transaction numbered `since` or later: that one has read the new state. */
const judgedSince = (alias: string, since: string) =>
  `age(${alias}.xmin) <= (pg_current_xact_id()::text::numeric - ${since}::numeric)`;

/**
 * Whether a row of an alias waits in the queue already. Whoever takes it, or has it in hand, began after every
 * transaction that could have read the old state had ended.
 */
const waiting = (alias: string) => `EXISTS (SELECT FROM dirty_mark m WHERE m.key = ${alias}.key
  AND m.environment = ${alias}.environment AND m.kind = ${alias}.kind
  AND m.kind IN ('run', 'message', 'event', 'journey') AND m.due_at <= now())`;

/** Uses telemetry_event_connection_idx; dirty_mark_subject_idx; journey_alias_pkey, journey_pkey and loose_message_pkey for those that know already. */
export const MARK_CONNECTIONS: Statement = {
  name: "judge_mark_connections",
  text: `INSERT INTO dirty_mark (kind, environment, key)
    SELECT e.kind, e.environment, e.key
    FROM (SELECT e.kind, e.environment, e.key, max(w.since::numeric) AS since
      FROM json_to_recordset($1::json) AS w(environment text, id text, "fromMs" float8, since text)
      CROSS JOIN LATERAL (SELECT ${KIND} AS kind, e.environment, ${KEY} AS key FROM telemetry_event e
        WHERE e.environment = w.environment AND e.connection_id = w.id
          AND e.time >= coalesce(to_timestamp(w."fromMs" / 1000), '-infinity')
          AND e.stage IN ('received', 'sent', 'acked') OFFSET 0) e
      GROUP BY e.kind, e.environment, e.key OFFSET 0) e
    WHERE NOT ${waiting("e")} AND NOT EXISTS (SELECT FROM journey_alias a JOIN journey j ON j.environment = a.environment AND j.key = a.journey_key
      WHERE a.environment = e.environment AND a.alias = e.key AND e.kind IN ('run', 'message') AND ${judgedSince("j", "e.since")})
      AND NOT EXISTS (SELECT FROM loose_message l WHERE l.environment = e.environment
        AND l.key = CASE e.kind WHEN 'message' THEN 'm:' WHEN 'event' THEN 'e:' END || e.key AND ${judgedSince("l", "e.since")})`,
};

/** A connection or user whose state differs from `fromMs` on; null = ever. */
export interface ChangedSince extends Named {
  fromMs: number | null;
  /** Transactions from this number on have read the new state. */
  since: string;
}

/** Marks what was received, sent or acked on these connections and was not judged since. */
export async function markConnections(session: Session, connections: readonly ChangedSince[]): Promise<void> {
  if (connections.length > 0) await session.query(MARK_CONNECTIONS, JSON.stringify(connections));
}

/** Uses telemetry_event_connection_idx. */
export const MARK_THREADS_OF_CONNECTIONS: Statement = {
  name: "judge_mark_threads_of_connections",
  text: `INSERT INTO dirty_mark (kind, environment, key)
    SELECT DISTINCT 'thread', e.environment, e.thread_id
    FROM json_to_recordset($1::json) AS w(environment text, id text, "fromMs" float8)
    CROSS JOIN LATERAL (SELECT e.environment, e.thread_id, e.stage FROM telemetry_event e
      WHERE e.environment = w.environment AND e.connection_id = w.id
        AND e.time >= coalesce(to_timestamp(w."fromMs" / 1000), '-infinity') OFFSET 0) e
    WHERE e.stage = 'received' AND e.thread_id IS NOT NULL`,
};

/** Marks the threads in which something was received on these connections: their users take part in them. */
export async function markThreadsOfConnections(session: Session, connections: readonly ChangedSince[]): Promise<void> {
  if (connections.length > 0) await session.query(MARK_THREADS_OF_CONNECTIONS, JSON.stringify(connections));
}

/** A user whose connection differs from `fromMs` to `toMs`; null = ever since, or still. */
export interface ChangedBetween extends ChangedSince {
  toMs: number | null;
}

/** A journey of a user is looked for this long before the change; longer ones are found by their events only. */
const LONGEST_JOURNEY_MS = 86_400_000;
/** A journey may have been joined with one that began so much earlier. */
const JOINED_MS = 3_600_000;

/** Uses journey_owner_idx and dirty_mark_subject_idx. */
export const MARK_USERS: Statement = {
  name: "judge_mark_users",
  text: `INSERT INTO dirty_mark (kind, environment, key)
    SELECT j.kind, j.environment, j.key
    FROM (SELECT DISTINCT j.kind, j.environment, j.key
      FROM json_to_recordset($1::json) AS w(environment text, id text, "fromMs" float8, "toMs" float8, since text)
      CROSS JOIN LATERAL (SELECT ${JOURNEY_KIND} AS kind, j.environment, ${JOURNEY_KEY} AS key FROM journey j
        WHERE NOT ${judgedSince("j", "w.since")} AND j.environment = w.environment AND j.owner = w.id
          AND j.started_at >= coalesce(to_timestamp((w."fromMs" - ${LONGEST_JOURNEY_MS}) / 1000), '-infinity')
          AND j.started_at <= coalesce(to_timestamp((w."toMs" + ${JOINED_MS}) / 1000), 'infinity')
          AND j.last_event_at >= coalesce(to_timestamp(w."fromMs" / 1000), '-infinity') OFFSET 0) j OFFSET 0) j
    WHERE NOT ${waiting("j")}`,
};

/** Marks the journeys of these users that were going on in that time and were not judged since. */
export async function markUsers(session: Session, users: readonly ChangedBetween[]): Promise<void> {
  if (users.length > 0) await session.query(MARK_USERS, JSON.stringify(users));
}

/** Uses telemetry_event_user_idx, telemetry_event_routing_idx and dirty_mark_subject_idx. */
export const MARK_CLAIMS: Statement = {
  name: "judge_mark_claims",
  text: `INSERT INTO dirty_mark (kind, environment, key)
    SELECT e.kind, e.environment, e.key
    FROM (SELECT DISTINCT e.kind, e.environment, e.key
      FROM json_to_recordset($1::json) AS w(environment text, id text)
      CROSS JOIN LATERAL (SELECT ${KIND} AS kind, e.environment, ${KEY} AS key FROM telemetry_event e
        WHERE e.environment = w.environment AND e.user_id = w.id
          AND e.stage IN ('received', 'routed', 'emitted', 'sent', 'acked', 'dropped', 'persisted')
        UNION ALL
        SELECT ${KIND}, e.environment, ${KEY} FROM telemetry_event e
        WHERE e.routing_ids <> '{}' AND e.routing_ids @> ARRAY[w.id] AND e.environment = w.environment OFFSET 0) e OFFSET 0) e
    WHERE NOT ${waiting("e")}`,
};

/** Marks everything that claims one of these users, who became known, or names them in its payload. */
export async function markClaims(session: Session, users: readonly Named[]): Promise<void> {
  if (users.length > 0) await session.query(MARK_CLAIMS, JSON.stringify(users));
}

/** Uses journey_thread_scoped_idx. */
export const MARK_THREADS: Statement = {
  name: "judge_mark_threads",
  text: `INSERT INTO dirty_mark (kind, environment, key)
    SELECT ${JOURNEY_KIND}, j.environment, ${JOURNEY_KEY} FROM journey j
    WHERE j.thread_scoped <> '{}' AND j.thread_scoped && $2::text[] AND j.environment = $1`,
};

/** Marks the journeys that delivered something to these threads. */
export async function markThreads(session: Session, threads: readonly Named[]): Promise<void> {
  for (const environment of new Set(threads.map((thread) => thread.environment))) {
    const ids = threads.filter((thread) => thread.environment === environment).map(({ id }) => id);
    await session.query(MARK_THREADS, environment, ids);
  }
}

/** Uses telemetry_event_pkey, telemetry_event_thread_received_idx, connection_interval_id_idx and journey_owner_idx. */
export const MARK_STOPS: Statement = {
  name: "judge_mark_stops",
  text: `WITH stop AS (
      SELECT s.* FROM json_to_recordset($1::json) AS w(environment text, id text)
      CROSS JOIN LATERAL (SELECT s.environment, s.time, s.thread_id, s.connection_id FROM telemetry_event s
        WHERE s.environment = w.environment AND s.id = w.id AND s.thread_id IS NOT NULL OFFSET 0) s)
    INSERT INTO dirty_mark (kind, environment, key)
    SELECT DISTINCT CASE WHEN e.run_id IS NOT NULL THEN 'run' WHEN e.message_id IS NOT NULL THEN 'message' ELSE 'event' END,
      e.environment, coalesce(e.run_id, e.message_id, e.id)
    FROM stop CROSS JOIN LATERAL (SELECT * FROM telemetry_event e
      WHERE e.environment = stop.environment AND e.thread_id = stop.thread_id AND e.stage = 'received'
        AND e.time BETWEEN stop.time - interval '1 day' AND stop.time + interval '1 minute'
        AND e.type <> 'stop_agent' OFFSET 0) e
    UNION
    SELECT j.kind, j.environment, j.key
    FROM stop CROSS JOIN LATERAL (SELECT DISTINCT i.user_id FROM connection_interval i
      WHERE i.environment = stop.environment AND i.connection_id = stop.connection_id AND i.user_id IS NOT NULL OFFSET 0) u
    CROSS JOIN LATERAL (SELECT ${JOURNEY_KIND} AS kind, j.environment, ${JOURNEY_KEY} AS key FROM journey j
      WHERE j.environment = stop.environment AND j.owner = u.user_id
        AND j.started_at BETWEEN stop.time - interval '1 day' AND stop.time + interval '1 minute'
        AND j.thread_ids @> ARRAY[stop.thread_id] OFFSET 0) j`,
};

/** Marks the journeys in the threads of these stop messages. */
export async function markStops(session: Session, stops: readonly Named[]): Promise<void> {
  if (stops.length > 0) await session.query(MARK_STOPS, JSON.stringify(stops));
}
