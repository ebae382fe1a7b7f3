/** Stores rows so that one bad row never costs the others. */
import type { TelemetryEvent } from "@/domain/telemetry/event";
import { sqlState } from "@/server/storage/sql-state";
import type { RowOutcome, SourceProgress, StoreBatch } from "./event-store";
import { marksOf } from "./marks";
import { notesOf } from "./quality-notes";

export type StoredOutcome = RowOutcome | "not_storable";

/**
 * Stores `events` in one transaction; if the data itself is refused, in halves until the bad rows are found.
 * The source's cursor moves with the last part. Throws when the database cannot be used.
 */
export async function storeWithHalving(
  store: StoreBatch,
  events: readonly TelemetryEvent[],
  source: SourceProgress | null,
): Promise<StoredOutcome[]> {
  try {
    return await store({ events, marks: marksOf(events), notes: notesOf(events), source });
  } catch (error) {
    if (!isDataError(error) || events.length === 0) throw error;
    if (events.length === 1) {
      if (source) await store({ events: [], marks: [], notes: [], source });
      return ["not_storable"];
    }
    const middle = events.length >> 1;
    const first = await storeWithHalving(store, events.slice(0, middle), null);
    return [...first, ...(await storeWithHalving(store, events.slice(middle), source))];
  }
}

/** Data exceptions (22), broken constraints (23) and rows beyond a limit of the server (54): sending them again is no use. */
function isDataError(error: unknown): boolean {
  return /^(22|23|54)/.test(sqlState(error) ?? "");
}
