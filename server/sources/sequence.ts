/** Runs steps one after another. While the database is away, the step that needs it waits and is tried again. */
import { setTimeout as delay } from "node:timers/promises";
import { isTransient } from "@/server/storage/judging/transaction";
import { describeFailure } from "./describe-failure";

const RETRY_MS = 1_000;

export interface Sequence {
  /** Resolves when the step is done, or given up. Never rejects. */
  add(step: () => Promise<unknown>): Promise<void>;
  /** Resolves when everything added so far is done. */
  idle(): Promise<void>;
}

/** Steps are given up when they fail for another reason, and when `stopping` is aborted. */
export function createSequence(stopping: AbortSignal, warn: (message: string) => void): Sequence {
  let last: Promise<void> = Promise.resolve();

  const run = async (step: () => Promise<unknown>) => {
    while (true) {
      try {
        await step();
        return;
      } catch (error) {
        warn(`cannot be stored now: ${describeFailure(error)}`);
        if (stopping.aborted || !isTransient(error)) return;
        await delay(RETRY_MS, undefined, { signal: stopping }).catch(() => undefined);
      }
    }
  };

  return {
    add: (step) => {
      last = last.then(() => run(step));
      return last;
    },
    idle: () => last,
  };
}
