/** Subscribes to every configured source. */
import type { SourceConfig } from "@/server/config";
import type { IngestService } from "@/server/ingest/create-ingest";
import type { Database } from "@/server/storage/database";
import { describeFailure } from "./describe-failure";
import { readHeartbeat, registerSource, retireSources, writeHeartbeat } from "./source-store";
import { subscribe } from "./subscription";
import type { SourceLog, Subscription, SubscriptionTiming } from "./types";

const HEARTBEAT_MS = 5_000;
const TIMING: SubscriptionTiming = {
  reconnectMinMs: 500,
  reconnectMaxMs: 10_000,
  refusedRetryMs: 30_000,
  caughtUpAfterMs: 750,
  saveEveryMs: 1_000,
};

export interface StartSourcesDeps {
  sources: readonly SourceConfig[];
  db: Database;
  ingest: IngestService;
  log: SourceLog;
  /** Something that is shown about the sources has changed. */
  onChange(): void;
  nowMs?: () => number;
  timing?: Partial<SubscriptionTiming>;
}

export interface Sources {
  stop(): Promise<void>;
}

/** Resolves when every source is registered; connecting goes on behind. */
export async function startSources(deps: StartSourcesDeps): Promise<Sources> {
  const { sources, db, ingest, log, onChange, nowMs = Date.now } = deps;
  const timing = { ...TIMING, ...deps.timing };
  const lastHeardMs = await readHeartbeat(db);
  await retireSources(db, sources, nowMs());
  for (const source of sources) await registerSource(db, source, lastHeardMs);
  onChange();

  const beat = () => writeHeartbeat(db, nowMs());
  const subscriptions: Subscription[] = [];
  let timer: NodeJS.Timeout | undefined;
  if (sources.length > 0) {
    await beat();
    timer = setInterval(() => {
      beat().catch((error: unknown) => log.warn(`sources: ${describeFailure(error)}`));
    }, HEARTBEAT_MS);
    for (const source of sources) subscriptions.push(subscribe(source, { db, ingest, log, nowMs, onChange, timing }));
  }

  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(subscriptions.map((subscription) => subscription.stop()));
    },
  };
}
