/** `npm run bench [-- --quick]`: what Signalbox costs beside the bare database, in one run on this machine. */
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { removeDataDir } from "@/e2e/support/app-process";
import { startBenchApp } from "./app";
import { benchBare } from "./bare";
import { benchBigRun } from "./big-run";
import { benchIngest, ingestTraffic } from "./ingest";
import { benchReplay } from "./replay";
import { benchVerdictLatency } from "./verdict-latency";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
const size = values.quick
  ? { ingestEvents: 20_000, latencySeconds: 5, bigRunEvents: 25_000 }
  : { ingestEvents: 200_000, latencySeconds: 30, bigRunEvents: 100_000 };

const say = (text: string) => process.stdout.write(`${text}\n`);
const count = (value: number) => Math.round(value).toLocaleString("en-US");
const megabytes = (bytes: number) => `${count(bytes / 1024 / 1024)} MB`;

say(`Node ${process.version}, ${cpus().length} cores${values.quick ? ", short run" : ""}`);

const traffic = ingestTraffic(size.ingestEvents);
const before = await benchBare(traffic);
const app = await startBenchApp();
const ingest = await benchIngest(app, traffic);
say("\nIngest until the queue is empty, all judging on");
say(`  ${count(ingest.events)} events: accepted ${count(ingest.acceptedRate)}/s, judged ${count(ingest.judgedRate)}/s`);
say(
  `  peak memory of the Node process ${megabytes(ingest.peakRssBytes)}, event-loop lag p99 ${count(ingest.eventLoopLagP99Ms)} ms`,
);
await app.end();
const after = await benchBare(traffic);
const replayRate = await benchReplay(
  app.dataDir,
  traffic.map((event) => Date.parse(event.time)),
);
removeDataDir(app.dataDir);
const bareRate = Math.max(before.rate, after.rate);
const share = (rate: number) => `${((ingest.judgedRate / rate) * 100).toFixed(0)} %`;
say(`  bare engine, the events alone: ${count(before.rate)}/s before, ${count(after.rate)}/s after`);
say(`  bare engine, the events and all that judging leaves of them: ${count(replayRate)}/s`);
say(
  `  (fsync ${before.fsync}, synchronous_commit ${before.synchronousCommit}, ${megabytes(before.tableBytes)} on disk)`,
);
say(`  judged ÷ bare = ${share(bareRate)} of the events alone, ${share(replayRate)} of all rows`);

const live = await startBenchApp();
const latency = await benchVerdictLatency(live, 1_000, size.latencySeconds);
say("\nPOST → verdict in a /live client, 1,000 events/s over HTTP");
say(
  `  ${count(latency.seen)} of ${count(latency.journeys)} journeys seen: p50 ${count(latency.p50Ms)} ms, p99 ${count(latency.p99Ms)} ms`,
);

const big = await benchBigRun(live, size.bigRunEvents);
say(`\nOne run of ${count(big.events)} events`);
say(
  `  stored and judged in ${big.seconds.toFixed(1)} s, peak memory ${megabytes(big.peakRssBytes)}, marked oversized: ${big.oversized ? "yes" : "no"}`,
);
await live.stop();
