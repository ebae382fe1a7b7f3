/**
 * One worker: batch after batch, as long as there is work. A database that is away is waited for. When a batch fails
 * for another reason, its marks are taken one by one: the one that fails is set aside, the others are judged.
 */
import { forLog } from "@/domain/alerts/escape-text";
import { setAside } from "@/server/storage/judging/failures";
import { clearDeadlines } from "@/server/storage/judging/journeys";
import { addMarks, dropMarks, type Mark, type Subject, subjectsOf } from "@/server/storage/judging/marks";
import { inTransaction, isTransient } from "@/server/storage/judging/transaction";
import type { DueSubjects } from "./due-subjects";
import { type BatchDeps, type BatchResult, judgeBatch } from "./judge-batch";

/** Where the judge says what went wrong; pino's signature. */
export interface JudgeLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface WorkerDeps extends BatchDeps {
  log: JudgeLog;
  due: DueSubjects;
  onBatch(result: BatchResult): void;
}

const SUBJECTS_PER_BATCH = 500;

/** Judges one batch, the worker's own part of the queue; answers how much there was to do. Transient database errors are thrown, everything else is dealt with. */
export async function workOnce(deps: WorkerDeps, worker: number): Promise<number> {
  const due = await deps.due.claim();
  let marks: readonly Mark[] = [];
  try {
    const result = await judgeBatch(
      deps,
      { limit: SUBJECTS_PER_BATCH, skip: worker * SUBJECTS_PER_BATCH },
      due,
      (taken) => {
        marks = taken;
      },
    );
    tell(deps, result);
    return result.taken;
  } catch (error) {
    if (isTransient(error)) throw error;
    deps.log.error({ err: error, marks: marks.length }, "a batch could not be judged; taking it apart");
    for (let i = 0; i < marks.length; i++) await workOnMark(deps);
    for (const subject of due) await workOnDue(deps, subject);
    return marks.length + due.length;
  } finally {
    deps.due.release(due);
  }
}

async function workOnMark(deps: WorkerDeps): Promise<void> {
  let taken: readonly Mark[] = [];
  try {
    const result = await judgeBatch(deps, { limit: 1, skip: 0 }, [], (marks) => {
      taken = marks;
    });
    tell(deps, result);
  } catch (error) {
    const [mark] = taken;
    if (isTransient(error) || !mark) throw error;
    const subjects = subjectsOf(mark);
    await inTransaction(deps.db.pool, async (session) => {
      await dropMarks(session, taken);
      // Of several the one that fails shows when each is judged alone.
      if (mark.kind === "acks") await addMarks(session, subjects, 0);
      else await setAside(session, [{ ...mark, message: messageOf(error) }]);
    });
    if (mark.kind === "acks") return;
    deps.log.error({ err: error, kind: mark.kind, key: forLog(mark.key) }, "set aside: judging it failed");
  }
}

async function workOnDue(deps: WorkerDeps, subject: Subject): Promise<void> {
  try {
    tell(deps, await judgeBatch(deps, { limit: 0, skip: 0 }, [subject]));
  } catch (error) {
    if (isTransient(error)) throw error;
    await inTransaction(deps.db.pool, async (session) => {
      await setAside(session, [{ ...subject, message: messageOf(error) }]);
      await clearDeadlines(session, [subject]);
    });
    deps.log.error({ err: error, kind: subject.kind, key: forLog(subject.key) }, "set aside: judging it failed");
  }
}

function tell(deps: WorkerDeps, result: BatchResult): void {
  for (const { kind, environment, key, message } of result.failures) {
    deps.log.error({ kind, environment, key }, `set aside: ${message}`);
  }
  deps.onBatch(result);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
