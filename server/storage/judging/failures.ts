/** Subjects whose judging threw: set aside, counted and shown, tried again by their next mark. */
import type { Subject } from "./marks";
import type { Session, Statement } from "./transaction";

/** Uses judge_failure_pkey. */
export const SET_ASIDE: Statement = {
  name: "judge_set_aside",
  text: `INSERT INTO judge_failure AS f (environment, kind, key, message)
    SELECT DISTINCT ON (environment, kind, key) environment, kind, key, message
    FROM json_to_recordset($1::json) AS w(environment text, kind text, key text, message text)
    ON CONFLICT (environment, kind, key)
    DO UPDATE SET message = EXCLUDED.message, attempts = f.attempts + 1, last_at = now()`,
};

export interface Failure extends Subject {
  message: string;
}

/** Notes that these subjects could not be judged. */
export async function setAside(session: Session, failures: readonly Failure[]): Promise<void> {
  if (failures.length > 0) await session.query(SET_ASIDE, JSON.stringify(failures));
}

/** Uses judge_failure_pkey. */
export const CLEAR_FAILURES: Statement = {
  name: "judge_clear_failures",
  text: `DELETE FROM judge_failure f USING json_to_recordset($1::json) AS w(environment text, kind text, key text)
    WHERE f.environment = w.environment AND f.kind = w.kind AND f.key = w.key`,
};

/** These subjects were judged after all. */
export async function clearFailures(session: Session, subjects: readonly Subject[]): Promise<void> {
  if (subjects.length > 0) await session.query(CLEAR_FAILURES, JSON.stringify(subjects));
}
