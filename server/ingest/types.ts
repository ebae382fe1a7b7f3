import type { BatchAnswer } from "@/contracts/http";

/** Where a batch came from; decides environments, clock offset and cursor. */
export interface BatchOrigin {
  /** Environments the sender may write to ("all" for admins), the first is the default. */
  environments: readonly string[] | "all";
  defaultEnvironment: string;
  /** The sender's own clock at sending (ms), where it states one. */
  sentAtMs: number | null;
  receivedAtMs: number;
  /** Name of the key or subscribed source. */
  sender: string;
  /** For subscriptions: the cursor is stored in the same transaction as the events; null leaves it where it is. */
  source: { id: string; cursor: string | null } | null;
}

/** Expected refusals of a whole batch; single bad items are in the answer instead. */
export type IngestRefusal =
  | { code: "too_many_items"; message: string }
  | { code: "queue_full"; message: string; retryAfterMs: number }
  | { code: "storage_full"; message: string; retryAfterMs: number }
  | { code: "unavailable"; message: string; retryAfterMs: number };

export type IngestResult = { ok: true; answer: BatchAnswer } | { ok: false; refusal: IngestRefusal };

/** The one door for telemetry. Resolves after the commit: what was answered as accepted is on disk. */
export interface Ingest {
  ingest(items: unknown[], origin: BatchOrigin): Promise<IngestResult>;
}
