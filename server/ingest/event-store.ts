import type { TelemetryEvent } from "@/domain/telemetry/event";
import type { Mark } from "./marks";
import type { QualityNote } from "./quality-notes";

/** What became of one row. `id_reused`: the id is stored with another time; counted as a duplicate, and the row is kept. */
export type RowOutcome = "inserted" | "duplicate" | "id_reused";

/** Everything that one transaction writes. */
export interface EventBatch {
  events: readonly TelemetryEvent[];
  marks: readonly Mark[];
  notes: readonly QualityNote[];
  /** The subscribed source whose cursor moves with these events. */
  source: SourceProgress | null;
}

export interface SourceProgress {
  id: string;
  cursor: string;
}

/** Stores a batch in one transaction and says for each event what became of it, in the same order. */
export type StoreBatch = (batch: EventBatch) => Promise<RowOutcome[]>;
