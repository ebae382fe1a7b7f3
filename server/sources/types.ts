import type { IngestService } from "@/server/ingest/create-ingest";
import type { Database } from "@/server/storage/database";

export interface SubscriptionDeps {
  db: Database;
  ingest: IngestService;
  log: SourceLog;
  nowMs(): number;
  /** Something that is shown about the sources has changed. */
  onChange(): void;
  timing: SubscriptionTiming;
}

export interface SourceLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface SubscriptionTiming {
  reconnectMinMs: number;
  reconnectMaxMs: number;
  /** A source that refuses the token is asked again this much later. */
  refusedRetryMs: number;
  /** After a reconnect the replay is over when nothing comes for this long. */
  caughtUpAfterMs: number;
  saveEveryMs: number;
}

export interface Subscription {
  /** Disconnects, finishes what is being stored, and opens an outage: from now on nobody listens. */
  stop(): Promise<void>;
}
