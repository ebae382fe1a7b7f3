/** How far judging is behind. */
import type { Session, Statement } from "./transaction";

/** Counting stops here: a backlog beyond it is reported as this many. */
const COUNTED_MARKS = 100_000;

/** Marks among which the one that waits longest is looked for. */
const LOOKED_AT = 1_000;

/** Uses dirty_mark_due_idx for the mark that waits longest; the count is bounded. */
export const JUDGED_STATE: Statement = {
  name: "judge_state",
  text: `SELECT (SELECT count(*)::integer FROM (SELECT FROM dirty_mark m
        WHERE $1::text IS NULL OR m.environment = $1 LIMIT ${COUNTED_MARKS}) m) AS backlog,
      (SELECT date_part('epoch', min(m.at)) * 1000 FROM (SELECT greatest(m.created_at, m.due_at) AS at FROM dirty_mark m
        WHERE m.due_at <= now() AND ($1::text IS NULL OR m.environment = $1)
        ORDER BY m.due_at, m.seq LIMIT ${LOOKED_AT}) m) AS "oldestMs",
      date_part('epoch', now()) * 1000 AS "nowMs",
      (SELECT count(*)::integer FROM judge_failure f WHERE $1::text IS NULL OR f.environment = $1) AS "setAside"`,
};

/**
 * The queue's length (all environments without one), since when its oldest due mark waits (null = none is due), and the
 * subjects set aside.
 */
export async function readJudgedState(
  session: Session,
  environment: string | null,
): Promise<{ backlog: number; oldestMs: number | null; nowMs: number; setAside: number }> {
  const [row] = await session.query<{ backlog: number; oldestMs: number | null; nowMs: number; setAside: number }>(
    JUDGED_STATE,
    environment,
  );
  return row ?? { backlog: 0, oldestMs: null, nowMs: Date.now(), setAside: 0 };
}
