/** Threads that read modules side by side. */
import { Worker } from "node:worker_threads";
import type { ReadAnswer, ReadRequest } from "./worker";

export interface ReadingThreads {
  /** Rejects where a thread dies. */
  read(request: ReadRequest): Promise<ReadAnswer>;
  close(): Promise<void>;
}

interface Waiting {
  request: ReadRequest;
  resolve(answer: ReadAnswer): void;
  reject(error: Error): void;
}

export function startThreads(script: URL, count: number): ReadingThreads {
  const queue: Waiting[] = [];
  const busy = new Map<Worker, Waiting>();
  const idle: Worker[] = [];
  const workers: Worker[] = [];

  const next = (worker: Worker): void => {
    const waiting = queue.shift();
    if (!waiting) {
      idle.push(worker);
      return;
    }
    busy.set(worker, waiting);
    worker.postMessage(waiting.request);
  };
  for (let index = 0; index < count; index += 1) {
    const worker = new Worker(script);
    worker.on("message", (answer: ReadAnswer) => {
      busy.get(worker)?.resolve(answer);
      busy.delete(worker);
      next(worker);
    });
    worker.on("error", (error) => {
      busy.get(worker)?.reject(error instanceof Error ? error : new Error(String(error)));
      busy.delete(worker);
      for (const waiting of queue.splice(0)) waiting.reject(new Error("a reading thread has died"));
    });
    workers.push(worker);
    idle.push(worker);
  }
  return {
    read: (request) =>
      new Promise((resolve, reject) => {
        queue.push({ request, resolve, reject });
        const worker = idle.shift();
        if (worker) next(worker);
      }),
    async close() {
      await Promise.all(workers.map((worker) => worker.terminate()));
    },
  };
}
