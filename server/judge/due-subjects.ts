/** Journeys whose deadline has passed, each given to one worker of this process at a time. */
import type { Database } from "@/server/storage/database";
import { dueSubjects, type Subject } from "@/server/storage/judging/marks";
import { autoCommit } from "@/server/storage/judging/transaction";
import { subjectName } from "./seeds";

export interface DueSubjects {
  /** Up to `DUE_PER_BATCH` subjects that no other worker holds. */
  claim(): Promise<Subject[]>;
  release(subjects: readonly Subject[]): void;
}

const DUE_PER_BATCH = 100;
/** Deadlines are looked for this often at most, unless the last look found more than a batch. */
const LOOK_EVERY_MS = 50;

export function createDueSubjects(db: Database, nowMs: () => number, lookEveryMs: number = LOOK_EVERY_MS): DueSubjects {
  const claimed = new Set<string>();
  let nextLookMs = 0;
  return {
    async claim() {
      if (performance.now() < nextLookMs) return [];
      nextLookMs = performance.now() + lookEveryMs;
      const rows = await dueSubjects(autoCommit(db.pool), nowMs(), DUE_PER_BATCH + claimed.size);
      const free = rows.filter((row) => !claimed.has(subjectName(row))).slice(0, DUE_PER_BATCH);
      for (const row of free) claimed.add(subjectName(row));
      if (rows.length > DUE_PER_BATCH) nextLookMs = 0;
      return free;
    },
    release(subjects) {
      for (const subject of subjects) claimed.delete(subjectName(subject));
    },
  };
}
