/**
 * `npm run bench -- leaks [--events N]`: what finding leaks costs. The same traffic without contents, with contents, and
 * with leaks, one after the other; the detectors' share of the Node process's CPU time; and how soon an incident shows.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { startBenchApp } from "../app";
import { sendAll } from "../send";
import { connections } from "../traffic";
import { benchIncidentLatency } from "./incident-latency";
import { cpuShares, type Parts } from "./shares";
import { traffic, USERS } from "./traffic";

const { values } = parseArgs({ options: { events: { type: "string", default: "60000" } } });
const events = Number(values.events);
const say = (text: string) => process.stdout.write(`${text}\n`);
const count = (value: number) => Math.round(value).toLocaleString("en-US");

const DETECTORS: Parts = [
  ["rules", /domain\/leaks\//],
  ["equal contents", /judge-contents|judging\/contents/],
  ["hashes of contents", /ingest\/fingerprint/],
  ["routing fields", /telemetry\/routing-ids/],
  ["canaries", /canar(y|ies)/],
  ["occurrences and incidents", /judging\/(occurrences|incident-states)|domain\/incidents/],
];
const RUNS = [
  { name: "no contents", contents: false, leaks: false },
  { name: "contents", contents: true, leaks: false },
  { name: "contents, one journey of a hundred leaks", contents: true, leaks: true },
];

say(`Node ${process.version}, ${cpus().length} cores`);
say(`\nIngest of ${count(events)} events until the queue is empty, all judging on`);
const folder = mkdtempSync(join(tmpdir(), "signalbox-bench-"));
for (const [n, run] of RUNS.entries()) {
  const profile = join(folder, `${n}.cpuprofile`);
  const recorder = pathToFileURL(resolve("scripts/bench/leaks/record-profile.mjs")).href;
  const app = await startBenchApp({ NODE_OPTIONS: `--import ${recorder}`, BENCH_PROFILE: profile });
  const startMs = Date.now() - 600_000;
  await app.post(connections("leaks", USERS, startMs - 1_000));
  const sent = traffic("leaks", events, startMs, run);
  const { acceptedS, judgedS } = await sendAll(app, sent);
  await app.stop();
  const { total, byPart } = cpuShares(profile, "dist/server.mjs", DETECTORS);
  const detectors = [...byPart.values()].reduce((sum, ms) => sum + ms, 0);
  const share = (ms: number) => `${((ms / total) * 100).toFixed(1)} %`;
  say(`  ${run.name}: accepted ${count(sent.length / acceptedS)}/s, judged ${count(sent.length / judgedS)}/s`);
  say(`    detectors: ${share(detectors)} of the CPU time of the Node process`);
  say(`    ${[...byPart].map(([name, ms]) => `${name} ${share(ms)}`).join(", ")}`);
}
rmSync(folder, { recursive: true });

const live = await startBenchApp();
const latency = await benchIncidentLatency(live, 1_000, 20);
await live.stop();
say("\nPOST of a leak → its incident in a /live client, 1,000 events/s beside it");
say(`  ${latency.seen} of ${latency.leaks} seen: p50 ${count(latency.p50Ms)} ms, slowest ${count(latency.maxMs)} ms`);
