/** Stored connection intervals, as the judge needs them. */
import type { ConnectionInterval } from "@/domain/connections/interval";
import type { Session, Statement } from "./transaction";

const micros = (column: string) => `(date_part('epoch', ${column}) * 1000000)::bigint`;

const INTERVAL_JSON = `json_build_array(i.environment, i.instance, i.connection_id, i.n, ${micros("i.opened_at")},
  ${micros("i.authenticated_at")}, ${micros("i.closed_at")}, i.close_code, i.user_id, i.bindings, i.acks)`;

type IntervalRow = [
  environment: string,
  instance: string,
  connectionId: string,
  n: number,
  openedUs: number | null,
  authenticatedUs: number | null,
  closedUs: number | null,
  closeCode: number | null,
  userId: string | null,
  bindings: ConnectionInterval["bindings"],
  acks: boolean,
];

const fromMicros = (us: number | null) => (us === null ? null : us / 1000);

function parseIntervals(text: string | null): ConnectionInterval[] {
  if (text === null) return [];
  return (JSON.parse(`[${text}]`) as IntervalRow[]).map((row) => ({
    environment: row[0],
    instance: row[1],
    connectionId: row[2],
    n: row[3],
    openedAtMs: fromMicros(row[4]),
    authenticatedAtMs: fromMicros(row[5]),
    closedAtMs: fromMicros(row[6]),
    closeCode: row[7],
    userId: row[8],
    bindings: row[9],
    acks: row[10],
  }));
}

/** Uses connection_interval_id_idx. */
export const INTERVALS_OF_CONNECTIONS: Statement = {
  name: "judge_intervals_of_connections",
  text: `SELECT string_agg(${INTERVAL_JSON}::text, ',' ORDER BY i.environment, i.connection_id, i.instance, i.n) AS intervals
    FROM (SELECT DISTINCT environment, id FROM json_to_recordset($1::json) AS w(environment text, id text)) w
    CROSS JOIN LATERAL (SELECT * FROM connection_interval i
      WHERE i.environment = w.environment AND i.connection_id = w.id OFFSET 0) i`,
};

/** A name in an environment: a connection id, a user id, a thread id. */
export interface Named {
  environment: string;
  id: string;
}

/** Every interval of the connection ids, on every instance. */
export async function intervalsOfConnections(
  session: Session,
  connections: readonly Named[],
): Promise<ConnectionInterval[]> {
  if (connections.length === 0) return [];
  const rows = await session.query<{ intervals: string | null }>(INTERVALS_OF_CONNECTIONS, JSON.stringify(connections));
  return parseIntervals(rows[0]?.intervals ?? null);
}

/** Whether several users share any connection at all: asked once, it spares a search for each user. */
const ANY_SHARED = `EXISTS (SELECT FROM connection_interval s WHERE jsonb_array_length(s.bindings) > 1 AND s.bindings @> '[]')`;

/** Uses connection_interval_user_idx, and connection_interval_bindings_idx for the later users of a shared connection. */
export const INTERVALS_OF_USERS: Statement = {
  name: "judge_intervals_of_users",
  text: `SELECT string_agg(${INTERVAL_JSON}::text, ',' ORDER BY i.environment, i.connection_id, i.instance, i.n) AS intervals
    FROM (SELECT DISTINCT i.* FROM json_to_recordset($1::json)
        AS w(environment text, id text, "fromMs" double precision, "toMs" double precision)
      CROSS JOIN LATERAL (
        SELECT * FROM connection_interval i WHERE i.environment = w.environment AND i.user_id = w.id
          AND (i.closed_at IS NULL OR i.closed_at >= to_timestamp(w."fromMs" / 1000))
          AND (i.opened_at IS NULL OR i.opened_at <= to_timestamp(w."toMs" / 1000))
        UNION ALL
        SELECT * FROM connection_interval i WHERE (SELECT ${ANY_SHARED}) AND jsonb_array_length(i.bindings) > 1
          AND i.bindings @> jsonb_build_array(jsonb_build_object('userId', w.id)) AND i.environment = w.environment
          AND (i.closed_at IS NULL OR i.closed_at >= to_timestamp(w."fromMs" / 1000))
          AND (i.opened_at IS NULL OR i.opened_at <= to_timestamp(w."toMs" / 1000))
        OFFSET 0) i) i`,
};

/** A user and the time around which their connections matter. */
export interface UserWindow extends Named {
  fromMs: number;
  toMs: number;
}

/** Every interval of these users that touches the window beside them. */
export async function intervalsOfUsers(session: Session, users: readonly UserWindow[]): Promise<ConnectionInterval[]> {
  if (users.length === 0) return [];
  const rows = await session.query<{ intervals: string | null }>(INTERVALS_OF_USERS, JSON.stringify(users));
  return parseIntervals(rows[0]?.intervals ?? null);
}

/** Uses connection_interval_user_idx, and connection_interval_bindings_idx for the later users of a shared connection. */
export const KNOWN_USERS: Statement = {
  name: "judge_known_users",
  text: `SELECT w.environment, w.id FROM json_to_recordset($1::json) AS w(environment text, id text)
    WHERE EXISTS (SELECT FROM connection_interval i WHERE i.environment = w.environment AND i.user_id = w.id OFFSET 0)
      OR EXISTS (SELECT FROM connection_interval i WHERE jsonb_array_length(i.bindings) > 1
        AND i.bindings @> jsonb_build_array(jsonb_build_object('userId', w.id)) AND i.environment = w.environment OFFSET 0)`,
};

/** Of these user ids, those that a connection ever proved. */
export async function knownUsers(session: Session, users: readonly Named[]): Promise<Named[]> {
  return users.length === 0 ? [] : session.query<Named>(KNOWN_USERS, JSON.stringify(users));
}
