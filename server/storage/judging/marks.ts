/** The append-only queue of what must be judged again. A mark is deleted in the transaction that answers it. */
import type { Session, Statement } from "./transaction";

export type MarkKind =
  | ("run" | "message" | "event" | "journey")
  | ("connection" | "ack" | "acks" | "fan_out" | "stop" | "thread")
  | "content";

/** What is dirty: a run, a message, an event, a connection … in one environment. */
export interface Subject {
  kind: MarkKind;
  environment: string;
  key: string;
}

/**
 * Acks of many connections in one mark: nearly all of them change nothing, and as many rows would be most of the queue.
 * @param keys of `ack` marks
 */
export function acksMark(environment: string, keys: readonly string[]): Subject {
  return { kind: "acks", environment, key: `[${keys.join(",")}]` };
}

/** The subjects that a mark stands for: an `acks` mark for the ack of each of its connections, any other for itself. */
export function subjectsOf({ kind, environment, key }: Subject): Subject[] {
  if (kind !== "acks") return [{ kind, environment, key }];
  return (JSON.parse(key) as unknown[]).map((ack) => ({ kind: "ack", environment, key: JSON.stringify(ack) }));
}

/** So many of the oldest marks are put together by subject. */
const COALESCED_MARKS = 4_000;

/** Uses dirty_mark_due_idx, then dirty_mark_pkey. */
export const TAKE_MARKS: Statement = {
  name: "judge_take_marks",
  text: `WITH due AS MATERIALIZED (
      SELECT seq, kind, environment, key, row_number() OVER (ORDER BY due_at, seq) AS turn
      FROM dirty_mark WHERE due_at <= now() ORDER BY due_at, seq LIMIT ${COALESCED_MARKS}),
    subjects AS (SELECT seq, min(turn) OVER (PARTITION BY kind, environment, key) AS first FROM due),
    places AS (SELECT seq, dense_rank() OVER (ORDER BY first) AS place FROM subjects),
    wanted AS MATERIALIZED (SELECT ARRAY(
      SELECT seq FROM places WHERE place > $2::integer AND place <= $2::integer + $1::integer) AS seqs)
    DELETE FROM dirty_mark WHERE seq = ANY (ARRAY(
      SELECT seq FROM dirty_mark WHERE seq = ANY ((SELECT seqs FROM wanted)::bigint[]) FOR UPDATE SKIP LOCKED))
    RETURNING seq, kind, environment, key`,
};

/** A subject's place in the queue. */
export interface Mark extends Subject {
  seq: string;
}

/**
 * Takes every due mark of up to `limit` subjects, the oldest first, that nobody else holds; `skip` subjects are left to
 * the other workers. They come back if the transaction does not commit.
 */
export function takeMarks(session: Session, limit: number, skip: number): Promise<Mark[]> {
  return session.query<Mark>(TAKE_MARKS, limit, skip);
}

/** Uses dirty_mark_pkey. */
export const DROP_MARKS: Statement = {
  name: "judge_drop_marks",
  text: `DELETE FROM dirty_mark WHERE seq = ANY (ARRAY(
    SELECT seq FROM dirty_mark WHERE seq = ANY ($1::bigint[]) FOR UPDATE SKIP LOCKED))`,
};

/** Removes marks that are answered, or that cannot be. What somebody else has taken is left to them. */
export async function dropMarks(session: Session, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return;
  await session.query(
    DROP_MARKS,
    marks.map((mark) => mark.seq),
  );
}

/** Reads one row of dirty_mark_pkey. */
export const ANY_MARK: Statement = {
  name: "judge_any_mark",
  text: `SELECT seq FROM dirty_mark ORDER BY seq LIMIT 1`,
};

/** Whether anything is in the queue, due or not, taken by somebody or not. */
export async function anyMark(session: Session): Promise<boolean> {
  return (await session.query(ANY_MARK)).length > 0;
}

/** Inserts only; dirty_mark_pkey and dirty_mark_due_idx are extended. */
export const ADD_MARKS: Statement = {
  name: "judge_add_marks",
  text: `INSERT INTO dirty_mark (kind, environment, key, due_at)
    SELECT kind, environment, key, clock_timestamp() + delay * interval '1 millisecond'
    FROM json_to_recordset($1::json) AS m(kind text, environment text, key text, delay double precision)`,
};

/** Puts subjects into the queue, due `delayMs` after now. */
export async function addMarks(session: Session, subjects: readonly Subject[], delayMs: number): Promise<void> {
  if (subjects.length === 0) return;
  const rows = subjects.map(({ kind, environment, key }) => ({ kind, environment, key, delay: delayMs }));
  await session.query(ADD_MARKS, JSON.stringify(rows));
}

/** Uses journey_deadline_idx. */
export const DUE_JOURNEYS: Statement = {
  name: "judge_due_journeys",
  text: `SELECT 'journey' AS kind, environment, key FROM journey
    WHERE next_deadline <= to_timestamp($1::double precision / 1000) ORDER BY next_deadline LIMIT $2::integer`,
};

/** Journeys whose verdict may have changed by the mere passing of time. */
export function dueSubjects(session: Session, nowMs: number, limit: number): Promise<Subject[]> {
  return session.query<Subject>(DUE_JOURNEYS, nowMs, limit);
}
