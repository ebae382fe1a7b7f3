/** Sustained ingest with all judging on: from the first POST until nothing waits in the queue, after a warm-up. */
import type { BenchApp } from "./app";
import { sendAll } from "./send";
import { connections, EVENTS_PER_JOURNEY, journey, type TrafficEvent } from "./traffic";

export interface IngestResult {
  events: number;
  /** Events a second until the last was accepted. */
  acceptedRate: number;
  /** Events a second until the last was judged. */
  judgedRate: number;
  peakRssBytes: number;
  eventLoopLagP99Ms: number;
}

const ENVIRONMENT = "ingest";
const WARM_UP = "warm-up";
/** A tenth as many events go before: what is measured is a process that has run for a while, its code compiled. */
const WARM_UP_SHARE = 0.1;
const USERS = 200;

const startMs = Date.now() - 600_000;

/** Interleaved as a live system would send it: a window of users talks at the same time. */
export function ingestTraffic(events: number, environment = ENVIRONMENT): TrafficEvent[] {
  const journeys = Math.ceil(events / EVENTS_PER_JOURNEY);
  return Array.from({ length: journeys }, (_, n) => journey(environment, n, USERS, startMs + n * 2))
    .flat()
    .sort((a, b) => (a.time < b.time ? -1 : 1));
}

export async function benchIngest(app: BenchApp, all: TrafficEvent[]): Promise<IngestResult> {
  for (const environment of [WARM_UP, ENVIRONMENT]) await app.post(connections(environment, USERS, startMs - 1_000));
  await sendAll(app, ingestTraffic(all.length * WARM_UP_SHARE, WARM_UP));
  const journeys = all.length / EVENTS_PER_JOURNEY;
  let peakRssBytes = 0;
  let lagS = 0;
  const sample = setInterval(() => {
    const names = ["process_resident_memory_bytes", "nodejs_eventloop_lag_p99_seconds"];
    void app.metrics(...names).then(([bytes = 0, seconds = 0]) => {
      peakRssBytes = Math.max(peakRssBytes, bytes);
      lagS = Math.max(lagS, seconds);
    });
  }, 500);
  const { acceptedS, judgedS } = await sendAll(app, all);
  clearInterval(sample);
  const { journeys: counts } = await app.get<{ journeys: { succeeded: number } }>(
    `/api/v1/overview?environment=${ENVIRONMENT}&from=${new Date(startMs - 60_000).toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}`,
  );
  if (counts.succeeded !== journeys) throw new Error(`${counts.succeeded} of ${journeys} journeys judged as succeeded`);
  return {
    events: all.length,
    acceptedRate: all.length / acceptedS,
    judgedRate: all.length / judgedS,
    peakRssBytes,
    eventLoopLagP99Ms: lagS * 1_000,
  };
}
