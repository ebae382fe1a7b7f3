/**
 * Waits until the queue is answered as far as it stood, by the judge of a running app, whose pages hear of it. Only where
 * none runs, one runs here meanwhile.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Policy } from "@/domain/journeys/types";
import type { Database } from "@/server/storage/database";
import { dueSubjects } from "@/server/storage/judging/marks";
import { isJudged } from "@/server/storage/judging/presence";
import { marksLeft, newestMark } from "@/server/storage/judging/queue-state";
import { autoCommit } from "@/server/storage/judging/transaction";
import { createJudge } from "./create-judge";

const LOOK_EVERY_MS = 50;
const ASK_EVERY_MS = 1_000;
/** Marks that are put off for less than this are waited for: journeys that are judged at most so often. */
const SOON_MS = 1_000;
/** A change of a connection reaches its journeys, and the contents in them, in so many marks, one after another. */
const HOPS = 4;

export interface VerifyQueue {
  /** Resolves when every mark that waits now, and every deadline that has passed now, is answered. */
  answered(): Promise<void>;
  close(): Promise<void>;
}

export interface VerifyQueueOptions {
  nowMs: () => number;
  policy: Policy;
  /** Told now and then how many marks are left, and whether the running app answers them. */
  onWait(marks: number, byApp: boolean): void;
}

export function createVerifyQueue(db: Database, { nowMs, policy, onWait }: VerifyQueueOptions): VerifyQueue {
  const session = autoCommit(db.pool);
  let own: ReturnType<typeof createJudge> | null = null;

  const ensureJudge = async () => {
    if (own !== null || (await isJudged(db.pool))) return;
    const log = { warn: () => undefined, error: () => undefined };
    own = createJudge({ db, log, nowMs, onJudged: () => undefined, workers: 1, policy });
    own.start();
  };

  const answeredNow = async () => {
    const upTo = await newestMark(session);
    const dueMs = nowMs();
    for (let waitedMs = 0; ; waitedMs += LOOK_EVERY_MS) {
      const left = await marksLeft(session, upTo, SOON_MS);
      if (left === 0 && (await dueSubjects(session, dueMs, 1)).length === 0) return;
      if (waitedMs % ASK_EVERY_MS === 0) {
        await ensureJudge();
        if (waitedMs > 0) onWait(left, own === null);
      }
      await pause(LOOK_EVERY_MS);
    }
  };

  return {
    async answered() {
      await answeredNow();
      // What the judge here has marked anew on its way nobody else will answer.
      for (let hop = 0; own !== null && hop < HOPS; hop++) await answeredNow();
    },
    async close() {
      await own?.stop();
    },
  };
}
