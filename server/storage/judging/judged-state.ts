/** How far judging is behind. */
import type { Session, Statement } from "./transaction";

/** Counting stops here: a backlog beyond it is reported as this many. */
const COUNTED_MARKS = 100_000;

/** Uses dirty_mark_pkey for the oldest mark; the count is bounded. */
export const JUDGED_STATE: Statement = {
  name: "judge_state",
  text: `SELECT (SELECT count(*)::integer FROM (SELECT FROM dirty_mark m
        WHERE $1::text IS NULL OR m.environment = $1 LIMIT ${COUNTED_MARKS}) m) AS backlog,
      (SELECT date_part('epoch', min(m.created_at)) * 1000 FROM (SELECT m.created_at FROM dirty_mark m
        WHERE $1::text IS NULL OR m.environment = $1 ORDER BY m.seq LIMIT 1000) m) AS "oldestMs",
      date_part('epoch', now()) * 1000 AS "nowMs",
      (SELECT count(*)::integer FROM judge_failure f WHERE $1::text IS NULL OR f.environment = $1) AS "setAside"`,
};

/** The queue's length (all environments without one), its oldest mark, and the subjects set aside. */
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
