/** Gathers what waits while an insert runs, so that many small requests share one transaction. Every caller hears after its commit. */
import type { TelemetryEvent } from "@/domain/telemetry/event";
import type { SourceProgress, StoreBatch } from "./event-store";
import { type StoredOutcome, storeWithHalving } from "./store-with-halving";

interface Job {
  events: readonly TelemetryEvent[];
  source: SourceProgress | null;
  resolve(outcomes: StoredOutcome[]): void;
  reject(error: unknown): void;
}

export interface GroupCommitOptions {
  store: StoreBatch;
  /** Transactions at the same time. */
  inserters: number;
  /** Requests are gathered up to this many rows; a larger one goes alone. */
  maxRows: number;
  onCommit(): void;
}

export interface GroupCommit {
  /** Resolves after the commit with what became of each event. */
  submit(events: readonly TelemetryEvent[], source: SourceProgress | null): Promise<StoredOutcome[]>;
  /** Resolves when nothing waits or runs. */
  idle(): Promise<void>;
}

export function createGroupCommit(options: GroupCommitOptions): GroupCommit {
  const waiting: Job[] = [];
  let running = 0;
  let whenIdle: (() => void)[] = [];

  const pump = () => {
    while (running < options.inserters && waiting.length > 0) {
      running++;
      void commit(takeGroup(waiting, options.maxRows), options).finally(() => {
        running--;
        pump();
      });
    }
    if (running > 0) return;
    for (const resolve of whenIdle) resolve();
    whenIdle = [];
  };

  return {
    submit: (events, source) =>
      new Promise((resolve, reject) => {
        waiting.push({ events, source, resolve, reject });
        pump();
      }),
    idle: () =>
      new Promise((resolve) => {
        whenIdle.push(resolve);
        pump();
      }),
  };
}

/** The oldest requests that fit together; at most one of them moves a cursor. */
function takeGroup(waiting: Job[], maxRows: number): Job[] {
  let rows = 0;
  let count = 0;
  let hasSource = false;
  for (const job of waiting) {
    if (count > 0 && (rows + job.events.length > maxRows || (hasSource && job.source))) break;
    rows += job.events.length;
    hasSource ||= job.source !== null;
    count++;
  }
  return waiting.splice(0, count);
}

async function commit(group: Job[], options: GroupCommitOptions): Promise<void> {
  try {
    const source = group.find((job) => job.source)?.source ?? null;
    const outcomes = await storeWithHalving(
      options.store,
      group.flatMap((job) => job.events),
      source,
    );
    let from = 0;
    for (const job of group) {
      job.resolve(outcomes.slice(from, from + job.events.length));
      from += job.events.length;
    }
    options.onCommit();
  } catch (error) {
    for (const job of group) job.reject(error);
  }
}
