/** The judge of one process: workers over the queue and the deadlines, and the job that folds counters. */
import { setTimeout as pause } from "node:timers/promises";
import { DEFAULT_POLICY } from "@/domain/journeys/policy";
import type { Policy } from "@/domain/journeys/types";
import type { Database } from "@/server/storage/database";
import { readJudgedState } from "@/server/storage/judging/judged-state";
import { anyMark, dueSubjects } from "@/server/storage/judging/marks";
import { createPolicyBook } from "@/server/storage/judging/policy-book";
import { holdPresence, type Presence } from "@/server/storage/judging/presence";
import { foldDeltas } from "@/server/storage/judging/rollups";
import { autoCommit, inTransaction, isTransient } from "@/server/storage/judging/transaction";
import { createDueSubjects } from "./due-subjects";
import type { BatchResult } from "./judge-batch";
import { createThrottle } from "./throttle";
import type { Judge, JudgedChange } from "./types";
import { type JudgeLog, type WorkerDeps, workOnce } from "./worker";

export interface JudgeDeps {
  db: Database;
  log: JudgeLog;
  nowMs: () => number;
  /** Hears what each transaction changed, after its commit. */
  onJudged: (change: JudgedChange) => void;
  workers: number;
  /** For a database that holds no policy. */
  policy?: Policy;
  /** A journey is judged at most this often. */
  throttleMs?: number;
}

const THROTTLE_MS = 250;
const IDLE_MS = 50;
const RETRY_MS = 500;
const FOLD_EVERY_MS = 1_000;
const FOLDED_AT_ONCE = 50_000;

/** Builds a judge; nothing runs before `start`. `nudge` wakes it at once after a local commit. */
export function createJudge(deps: JudgeDeps): Judge & { nudge(): void } {
  const { db, log, nowMs } = deps;
  const worker: WorkerDeps = {
    db,
    log,
    nowMs,
    throttle: createThrottle(deps.throttleMs ?? THROTTLE_MS),
    policies: createPolicyBook(deps.policy ?? DEFAULT_POLICY),
    due: createDueSubjects(db, nowMs),
    onBatch: (result) => tellChanges(result, deps),
  };
  const sleepers = new Set<AbortController>();
  let running = false;
  let loops: Promise<void>[] = [];
  let presence: Presence | null = null;

  const sleep = async (ms: number) => {
    const sleeper = new AbortController();
    sleepers.add(sleeper);
    await pause(ms, undefined, { signal: sleeper.signal }).catch(() => undefined);
    sleepers.delete(sleeper);
  };
  const wake = () => {
    for (const sleeper of sleepers) sleeper.abort();
  };

  const loop = async (step: () => Promise<number>, idleMs: number) => {
    while (running) {
      try {
        if ((await step()) === 0 && running) await sleep(idleMs);
      } catch (error) {
        if (isTransient(error)) log.warn({ err: error }, "the database is busy or away; trying again");
        else log.error({ err: error }, "a judge worker failed; trying again");
        if (running) await sleep(RETRY_MS);
      }
    }
  };

  return {
    start() {
      if (running) return;
      running = true;
      presence = holdPresence(db.pool);
      loops = Array.from({ length: deps.workers }, (_, i) => loop(() => workOnce(worker, i), IDLE_MS));
      loops.push(loop(() => fold(db), FOLD_EVERY_MS));
    },
    async stop() {
      running = false;
      wake();
      await Promise.all(loops);
      loops = [];
      await presence?.end();
    },
    nudge: wake,
    async drain() {
      for (;;) {
        const taken = await workOnce(worker, 0);
        if (taken > 0) continue;
        const session = autoCommit(db.pool);
        const waiting = (await anyMark(session)) || (await dueSubjects(session, nowMs(), 1)).length > 0;
        if (!waiting) return;
        await pause(10);
      }
    },
    async state(environment) {
      const {
        backlog,
        oldestMs,
        nowMs: present,
        setAside,
      } = await readJudgedState(autoCommit(db.pool), environment ?? null);
      return { upTo: new Date(oldestMs ?? present).toISOString(), backlog, setAside };
    },
  };
}

/** Folds one portion; several a second while there is more. */
async function fold(db: Database): Promise<number> {
  const folded = await inTransaction(db.pool, (session) => foldDeltas(session, FOLDED_AT_ONCE));
  return folded === FOLDED_AT_ONCE ? folded : 0;
}

function tellChanges({ written, users }: BatchResult, { onJudged, log }: JudgeDeps): void {
  const { changed, removed, incidentEnvironments } = written;
  const environments = new Set([...users.keys(), ...removed.map((row) => row.environment), ...incidentEnvironments]);
  for (const environment of environments) {
    try {
      onJudged({
        environment,
        journeys: changed.filter((row) => row.environment === environment).map(({ row }) => row),
        removed: removed.filter((row) => row.environment === environment).map(({ key }) => key),
        users: [...(users.get(environment) ?? [])],
        incidentsChanged: incidentEnvironments.includes(environment),
      });
    } catch (error) {
      log.error({ err: error }, "telling what was judged failed");
    }
  }
}
