/** What the marks of one portion stand for. */
import { groupBy } from "@/domain/collections/group-by";
import { acksMark, addMarks, type Mark, type Subject, subjectsOf } from "@/server/storage/judging/marks";
import type { Session } from "@/server/storage/judging/transaction";
import { subjectName } from "./seeds";

/** Each connection is locked, and the server has room for some thousands of locks. */
const MAX_ACKS = 1_000;
/** Ahead of everything that waits, as acks are. */
const FIRST_MS = -3_600_000;

/** The subjects of the marks and those that are due, each once. Of very many acks the others are put back. */
export async function takenSubjects(
  session: Session,
  marks: readonly Mark[],
  due: readonly Subject[],
  maxAcks: number = MAX_ACKS,
): Promise<Subject[]> {
  const all = [...marks.flatMap(subjectsOf), ...due];
  const subjects = [...new Map(all.map((subject) => [subjectName(subject), subject])).values()];
  const later = new Set(subjects.filter(({ kind }) => kind === "ack").slice(maxAcks));
  if (later.size === 0) return subjects;
  const byEnvironment = groupBy(later, ({ environment }) => environment);
  const putBack = [...byEnvironment].map(([environment, acks]) =>
    acksMark(
      environment,
      acks.map(({ key }) => key),
    ),
  );
  await addMarks(session, putBack, FIRST_MS);
  return subjects.filter((subject) => !later.has(subject));
}
