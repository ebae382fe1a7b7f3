/** One batch of a subscribed source → the store. Holds on while the queue is full; the source waits for its acknowledgement. */
import { setTimeout as delay } from "node:timers/promises";
import type { SourceBatch, SourceBatchAck } from "@/contracts/source";
import { parseTime } from "@/domain/telemetry/parse-time";
import type { SourceConfig } from "@/server/config";
import { MAX_ITEMS } from "@/server/ingest/create-ingest";
import type { BatchOrigin, Ingest } from "@/server/ingest/types";

export interface TakeBatchOptions {
  source: SourceConfig;
  ingest: Ingest;
  receivedAtMs: number;
  /** Aborted when the connection that brought the batch is gone: it will be replayed. */
  signal: AbortSignal;
  /** Told before each wait. */
  onWait(message: string): Promise<void>;
}

/** Resolves after the commit; null when the connection went away first. */
export async function takeBatch(batch: SourceBatch, options: TakeBatchOptions): Promise<SourceBatchAck | null> {
  const ack: SourceBatchAck = { cursor: batch.cursor, accepted: 0, duplicates: 0, rejectedTotal: 0 };
  // The cursor moves with the last part, so that a cut in between replays the whole batch.
  for (let from = 0; from === 0 || from < batch.events.length; from += MAX_ITEMS) {
    const isLast = from + MAX_ITEMS >= batch.events.length;
    const origin: BatchOrigin = {
      environments: [options.source.environment],
      defaultEnvironment: options.source.environment,
      sentAtMs: parseTime(batch.sentAt),
      receivedAtMs: options.receivedAtMs,
      sender: senderOf(options.source.id),
      source: { id: options.source.id, cursor: isLast ? batch.cursor : null },
    };
    const answer = await ingestPatiently(batch.events.slice(from, from + MAX_ITEMS), origin, options);
    if (!answer) return null;
    ack.accepted += answer.accepted;
    ack.duplicates += answer.duplicates;
    ack.rejectedTotal += answer.rejectedTotal;
  }
  return ack;
}

/** The name under which a source's clock is kept. */
export function senderOf(sourceId: string): string {
  return `source ${sourceId}`;
}

async function ingestPatiently(items: unknown[], origin: BatchOrigin, { ingest, signal, onWait }: TakeBatchOptions) {
  while (!signal.aborted) {
    const result = await ingest.ingest(items, origin);
    if (result.ok) return result.answer;
    await onWait(result.refusal.message);
    const waitMs = "retryAfterMs" in result.refusal ? result.refusal.retryAfterMs : 1_000;
    await delay(waitMs, undefined, { signal }).catch(() => undefined);
  }
  return null;
}
