/** What one transaction writes beside its events: marks for the judge, notes on the data, the source's progress. */
import type { PoolClient } from "pg";
import type { QualityNote } from "@/domain/telemetry/quality-note";

/** One row of the queue of what must be judged again. */
export interface BatchMark {
  kind: string;
  environment: string;
  key: string;
}

/** Something wrong with the data itself, counted for the process that sent it. */
export interface BatchNote {
  environment: string;
  service: string;
  instance: string;
  code: QualityNote;
  /** Below zero where later telemetry took it back. */
  count: number;
  atMs: number;
  /** Id of one event that shows it. */
  sample: string;
}

/** Where a subscribed source is to resume, stored together with the events before it. */
export interface SourceProgress {
  id: string;
  /** null leaves the stored cursor where it is. */
  cursor: string | null;
  /** Events up to the cursor that were refused before they came here. */
  rejected?: number;
}

export interface SourceCounts {
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Latest time of an accepted event; null if there is none. */
  lastEventMs: number | null;
  lastReceivedMs: number | null;
}

/**
 * Connections go ahead of everything that waits: what is judged after them is judged by their new state, once.
 * Extends dirty_mark_pkey and dirty_mark_due_idx; reads nothing.
 */
export const INSERT_MARKS = {
  name: "insert_marks",
  text: `INSERT INTO dirty_mark (kind, environment, key, due_at)
    SELECT kind, environment, key, CASE WHEN kind IN ('connection', 'acks') THEN now() - interval '1 hour' ELSE now() END
    FROM json_to_recordset($1::json) AS mark(kind text, environment text, key text)`,
};

export async function insertMarks(client: PoolClient, marks: readonly BatchMark[]): Promise<void> {
  if (marks.length > 0) await client.query({ ...INSERT_MARKS, values: [JSON.stringify(marks)] });
}

/** Uses quality_note_pkey, in its order, so that two batches never wait for each other in a circle. */
export const UPSERT_NOTES = {
  name: "upsert_notes",
  text: `INSERT INTO quality_note (environment, service, instance, code, count, first_at, last_at, sample)
    SELECT environment, service, instance, code, sum(count),
      to_timestamp(min("atMs") / 1000), to_timestamp(max("atMs") / 1000), min(sample)
    FROM json_to_recordset($1::json)
      AS note(environment text, service text, instance text, code text, count bigint, "atMs" float8, sample text)
    GROUP BY environment, service, instance, code
    ORDER BY environment, service, instance, code
    ON CONFLICT (environment, service, instance, code) DO UPDATE SET
      count = quality_note.count + excluded.count,
      first_at = least(quality_note.first_at, excluded.first_at),
      last_at = CASE WHEN excluded.count > 0 THEN greatest(quality_note.last_at, excluded.last_at) ELSE quality_note.last_at END,
      sample = CASE WHEN excluded.count > 0 THEN excluded.sample ELSE quality_note.sample END`,
};

export async function upsertNotes(client: PoolClient, notes: readonly BatchNote[]): Promise<void> {
  if (notes.length > 0) await client.query({ ...UPSERT_NOTES, values: [JSON.stringify(notes)] });
}

/** Uses source_pkey. */
export const ADVANCE_SOURCE = {
  name: "advance_source",
  text: `UPDATE source SET cursor = coalesce($2, cursor), accepted = accepted + $3, duplicates = duplicates + $4, rejected = rejected + $5,
      last_event_at = greatest(last_event_at, to_timestamp($6::float8 / 1000)),
      last_received_at = greatest(last_received_at, to_timestamp($7::float8 / 1000))
    WHERE id = $1`,
};

/** Throws when there is no such source: its cursor would be lost. */
export async function advanceSource(client: PoolClient, source: SourceProgress, counts: SourceCounts): Promise<void> {
  const { accepted, duplicates, rejected, lastEventMs, lastReceivedMs } = counts;
  const allRejected = rejected + (source.rejected ?? 0);
  const values = [source.id, source.cursor, accepted, duplicates, allRejected, lastEventMs, lastReceivedMs];
  const { rowCount } = await client.query({ ...ADVANCE_SOURCE, values });
  if (rowCount !== 1) throw new Error(`There is no source ${source.id}`);
}
