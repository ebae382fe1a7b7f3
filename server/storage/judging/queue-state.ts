/** How far the queue has come: for those who wait for it and take nothing from it. */
import type { Subject } from "./marks";
import type { Session, Statement } from "./transaction";

/** Uses dirty_mark_pkey. */
export const NEWEST_MARK: Statement = {
  name: "judge_newest_mark",
  text: `SELECT coalesce((SELECT seq FROM dirty_mark ORDER BY seq DESC LIMIT 1), 0)::text AS seq`,
};

/** The place of the newest mark in the queue. */
export async function newestMark(session: Session): Promise<string> {
  return (await session.query<{ seq: string }>(NEWEST_MARK))[0]?.seq ?? "0";
}

/** Uses dirty_mark_pkey. */
export const MARKS_LEFT: Statement = {
  name: "judge_marks_left",
  text: `SELECT count(*)::integer AS n FROM dirty_mark
    WHERE seq <= $1::bigint AND due_at <= clock_timestamp() + $2::float8 * interval '1 millisecond'`,
};

/** Marks up to a place in the queue that are due now or within `soonMs`, taken by somebody or not. */
export async function marksLeft(session: Session, upTo: string, soonMs: number): Promise<number> {
  return (await session.query<{ n: number }>(MARKS_LEFT, upTo, soonMs))[0]?.n ?? 0;
}

/** Uses dirty_mark_pkey, whole. */
export const WAITING_MARKS: Statement = {
  name: "judge_waiting_marks",
  text: `SELECT m.kind, m.environment, m.key FROM dirty_mark m
    WHERE m.seq >= 0 AND m.environment = $1
      AND (m.kind = ANY ($2::text[]) OR (m.kind, m.key) IN (
        SELECT w.kind, w.key FROM json_to_recordset($3::json) AS w(kind text, key text)))
    LIMIT 1`,
};

/** Whether a mark of one of these kinds, or of one of these subjects, waits in an environment. */
export async function isMarked(
  session: Session,
  environment: string,
  kinds: readonly Subject["kind"][],
  subjects: readonly Pick<Subject, "kind" | "key">[],
): Promise<boolean> {
  const rows = await session.query(WAITING_MARKS, environment, kinds, JSON.stringify(subjects));
  return rows.length > 0;
}
