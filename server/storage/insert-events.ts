/**
 * Stores a batch: the events that are new, the judge's marks, notes and the source's cursor, all in one transaction.
 * One bad row costs the others nothing; an error that is nobody's data (connection, lock, missing partition) is retried
 * or thrown, and then nothing of the batch is stored.
 */
import type { PoolClient } from "pg";
import type { TelemetryEvent } from "@/domain/telemetry/event";
import {
  advanceSource,
  type BatchMark,
  type BatchNote,
  insertMarks,
  type SourceProgress,
  upsertNotes,
} from "./batch-rows";
import type { Database } from "./database";
import { toMicros } from "./event-rows";
import {
  hasStorableTime,
  type InsertOutcome,
  type InsertRows,
  insertDistinct,
  insertInParts,
  insertNew,
  insertWhole,
  isDataError,
  NO_PARTITION,
} from "./insert-distinct";
import { startOfDay } from "./partition-days";
import { ensureDays, forgetPartitions } from "./partitions";
import { sqlState } from "./sql-state";
import { inTransaction } from "./transaction";

export interface InsertBatch {
  events: readonly TelemetryEvent[];
  /** The marks that the events which are new make. */
  marksOf(inserted: readonly TelemetryEvent[]): readonly BatchMark[];
  /** Notes on the events which are new. Ids that are used again are noted by themselves. */
  notesOf(inserted: readonly TelemetryEvent[]): readonly BatchNote[];
  source: SourceProgress | null;
}

const ATTEMPTS = 5;
/** Deadlock, serialization failure. */
const RETRIED = new Set(["40P01", "40001"]);
const UNIQUE_VIOLATION = "23505";
/** A plan that was made while a partition was empty must still go by its index when the partition has grown. */
const BEGIN_INSERT = "BEGIN; SET LOCAL enable_seqscan = off";

/** Outcomes in the order of `batch.events`. Throws when the database cannot be used; sending the batch again is safe. */
export async function insertEvents(db: Database, batch: InsertBatch): Promise<InsertOutcome[]> {
  const storable = batch.events.filter(hasStorableTime);
  const days = new Set(storable.map(({ timeMs }) => startOfDay(toMicros(timeMs) / 1000)));
  const assumeNew = insertNew(db.recent);
  let insert = assumeNew;
  for (let attempt = 1; ; attempt++) {
    try {
      await ensureDays(db, days);
      return await inTransaction(db, (client) => writeBatch(client, batch, insert), BEGIN_INSERT);
    } catch (error) {
      const state = sqlState(error);
      if (attempt === ATTEMPTS) throw error;
      if (state === NO_PARTITION) forgetPartitions(db);
      else if (state === UNIQUE_VIOLATION && insert === assumeNew) insert = insertWhole;
      else if (isDataError(state) && insert !== insertInParts) insert = insertInParts;
      else if (!RETRIED.has(state ?? "")) throw error;
    }
  }
}

async function writeBatch(client: PoolClient, batch: InsertBatch, insert: InsertRows): Promise<InsertOutcome[]> {
  const { events, source } = batch;
  const outcomes = await insertDistinct(client, events, insert);
  const inserted = events.filter((_, i) => outcomes[i] === "inserted");
  const reused = events.filter((_, i) => outcomes[i] === "id_reused");
  await insertMarks(client, batch.marksOf(inserted));
  if (source) {
    const rejected = outcomes.filter((outcome) => outcome === "not_storable").length;
    await advanceSource(client, source, {
      accepted: inserted.length,
      duplicates: events.length - inserted.length - rejected,
      rejected,
      lastEventMs: latest(inserted.map((event) => event.timeMs)),
      lastReceivedMs: latest(events.map((event) => event.receivedAtMs)),
    });
  }
  await upsertNotes(client, [...batch.notesOf(inserted), ...reused.map(reuseNote)]);
  return outcomes;
}

function reuseNote({ environment, service, instance, receivedAtMs, id }: TelemetryEvent): BatchNote {
  const sender = { environment, service: service ?? "", instance: instance ?? "" };
  return { ...sender, code: "id_reused", count: 1, atMs: receivedAtMs, sample: id };
}

function latest(timesMs: readonly number[]): number | null {
  return timesMs.length === 0 ? null : timesMs.reduce((a, b) => Math.max(a, b));
}
