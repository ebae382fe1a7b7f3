/** Gathers what waits while an insert runs, so that many small requests share one transaction. Every caller hears after its commit. */
import type { TelemetryEvent } from "@/domain/telemetry/event";
import type { InsertOutcome } from "@/server/storage/insert-distinct";
import type { InsertBatch } from "@/server/storage/insert-events";
import { marksOf } from "./marks";
import { notesOf } from "./quality-notes";

export type SourceStep = InsertBatch["source"];

interface Job {
  events: readonly TelemetryEvent[];
  source: SourceStep;
  resolve(outcomes: InsertOutcome[]): void;
  reject(error: unknown): void;
}

export interface GroupCommitOptions {
  /** Stores a batch in one transaction; outcomes in the order of its events. */
  insert(batch: InsertBatch): Promise<InsertOutcome[]>;
  /** Transactions at the same time. */
  inserters: number;
  /** Requests are gathered up to this many rows; a larger one goes alone. */
  maxRows: number;
  onCommit(): void;
}

export interface GroupCommit {
  /** Resolves after the commit with what became of each event. */
  submit(events: readonly TelemetryEvent[], source: SourceStep): Promise<InsertOutcome[]>;
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

/** The oldest requests that fit together. One that moves a source's cursor goes alone: its counters are the source's. */
function takeGroup(waiting: Job[], maxRows: number): Job[] {
  let rows = 0;
  let count = 0;
  for (const job of waiting) {
    if (count > 0 && (job.source || rows + job.events.length > maxRows)) break;
    rows += job.events.length;
    count++;
    if (job.source) break;
  }
  return waiting.splice(0, count);
}

async function commit(group: Job[], { insert, onCommit }: GroupCommitOptions): Promise<void> {
  try {
    const events = group.flatMap((job) => job.events);
    const source = group[0]?.source ?? null;
    const outcomes = await insert({ events, marksOf, notesOf, source });
    let from = 0;
    for (const job of group) {
      job.resolve(outcomes.slice(from, from + job.events.length));
      from += job.events.length;
    }
    onCommit();
  } catch (error) {
    for (const job of group) job.reject(error);
  }
}
