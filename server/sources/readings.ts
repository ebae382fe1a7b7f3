/** Lag and clock of one source, written at most once in a while. */
import type { Database } from "@/server/storage/database";
import { describeFailure } from "./describe-failure";
import { type SourceReadings, saveReadings } from "./source-store";

interface ReadingsOptions {
  db: Database;
  sourceId: string;
  everyMs: number;
  /** Told after each save: what is shown of the source has changed. */
  onSaved(): void;
  log: { warn(message: string): void };
}

/** What one batch shows. */
export interface BatchSeen {
  receivedAtMs: number;
  /** Time of its newest event. */
  newestMs: number | null;
  clockOffsetMs: number | null;
}

export interface ReadingsSaver {
  /** Null: a batch that could not be read. */
  add(seen: BatchSeen | null): void;
  lastReceivedAtMs(): number | null;
  /** Saves what is new. Never throws. */
  save(): Promise<void>;
}

export function createReadings({ db, sourceId, everyMs, onSaved, log }: ReadingsOptions): ReadingsSaver {
  let pending: SourceReadings | null = null;
  let lastReceivedAtMs: number | null = null;
  let timer: NodeJS.Timeout | undefined;

  const save = async () => {
    clearTimeout(timer);
    timer = undefined;
    const readings = pending;
    if (!readings) return;
    pending = null;
    try {
      await saveReadings(db, sourceId, readings);
      onSaved();
    } catch (error) {
      log.warn(`source ${sourceId}: readings cannot be stored now: ${describeFailure(error)}`);
      pending ??= readings;
    }
  };

  const add = (seen: BatchSeen | null) => {
    pending ??= { unreadable: 0, clockOffsetMs: null, lagMs: null };
    timer ??= setTimeout(() => void save(), everyMs);
    if (!seen) {
      pending.unreadable++;
      return;
    }
    lastReceivedAtMs = seen.receivedAtMs;
    pending.clockOffsetMs = seen.clockOffsetMs;
    if (seen.newestMs !== null) {
      pending.lagMs = Math.max(0, seen.receivedAtMs - seen.newestMs - (seen.clockOffsetMs ?? 0));
    }
  };

  return { add, save, lastReceivedAtMs: () => lastReceivedAtMs };
}
