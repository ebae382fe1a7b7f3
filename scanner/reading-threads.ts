/** Threads that read modules side by side. */
import { Worker } from "node:worker_threads";
import type { ReadAnswer, ReadRequest } from "./read";

export interface ReadingThreads {
  /** Rejects where a thread dies. */
  read(request: ReadRequest): Promise<ReadAnswer[]>;
  close(): Promise<void>;
}

interface Waiting {
  request: ReadRequest;
  resolve(answers: ReadAnswer[]): void;
  reject(error: Error): void;
}

/** Requests that lie at one thread: the next is there when it has answered, however busy the sender is. */
const AHEAD = 2;

export function startThreads(script: URL, count: number): ReadingThreads {
  const queue: Waiting[] = [];
  const threads = Array.from({ length: count }, () => ({ worker: new Worker(script), given: [] as Waiting[] }));

  const feed = (): void => {
    for (let depth = 1; depth <= AHEAD; depth += 1) {
      for (const { worker, given } of threads) {
        const next = given.length < depth ? queue.shift() : undefined;
        if (!next) continue;
        given.push(next);
        worker.postMessage(next.request);
      }
    }
  };
  for (const { worker, given } of threads) {
    // A thread answers in the order in which it was asked.
    worker.on("message", (answers: ReadAnswer[]) => {
      given.shift()?.resolve(answers);
      feed();
    });
    worker.on("error", (error) => {
      const cause = error instanceof Error ? error : new Error(String(error));
      for (const waiting of [...given.splice(0), ...queue.splice(0)]) waiting.reject(cause);
    });
  }
  return {
    read: (request) =>
      new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        feed();
      }),
    async close() {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
