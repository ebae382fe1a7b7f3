/**
 * `npm run bench -- pages [--events N]`: how long the data of each page takes. Starts an app of its own, fills it with
 * made-up days, starts it again, and asks. `--url`, `--key`, `--environment` and `--end` ask an app that is filled
 * already; `--data-dir` keeps the data for another run, `--times N` copies what was filled and judged to N times as much
 * in the database, `--json FILE` writes the figures to a file.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { get, type Target, untilJudged } from "@/e2e/support/api";
import { makeDataDir, removeDataDir, startAppProcess } from "@/e2e/support/app-process";
import { createProgressLine } from "../../seed/progress-line";
import { sendDays } from "../../seed/send-days";
import { type Measured, measure } from "./measure";
import { multiply } from "./multiply";
import { pageRequests } from "./requests";

const { values } = parseArgs({
  options: {
    events: { type: "string", default: "1000000" },
    seed: { type: "string", default: "7" },
    times: { type: "string", default: "1" },
    rounds: { type: "string", default: "60" },
    environment: { type: "string", default: "seeded" },
    url: { type: "string" },
    key: { type: "string", default: process.env.SIGNALBOX_ADMIN_KEY ?? "" },
    "data-dir": { type: "string" },
    json: { type: "string" },
  },
});
const { environment } = values;
const say = (text: string) => process.stdout.write(`${text}\n`);
const count = (value: number) => Math.round(value).toLocaleString("en-US");

/** Fills the app unless it holds data already, and says whether it did. */
async function fill(app: Target): Promise<boolean> {
  const { items } = await get<{ items: unknown[] }>(app, `/api/v1/journeys?environment=${environment}&limit=1`);
  if (items.length > 0) {
    say(`"${environment}" holds data already`);
    return false;
  }
  const events = Number(values.events);
  const line = createProgressLine();
  const began = performance.now();
  const seconds = () => count((performance.now() - began) / 1_000);
  const days = { seed: Number(values.seed), events, days: 7, endMs: Date.now(), environment };
  await sendDays(app, days, ({ sent }) => line.show(`${count(sent)} of ${count(events)} sent`));
  line.end();
  say(`${count(events)} events sent after ${seconds()} s`);
  await untilJudged(app, environment);
  say(`all judged after ${seconds()} s`);
  return true;
}

async function ask(app: Target): Promise<Measured[]> {
  const newest = await get<{ items: { startedAt: string }[] }>(
    app,
    `/api/v1/journeys?environment=${environment}&limit=1`,
  );
  const endMs = Date.parse(newest.items[0]?.startedAt ?? "") + 60_000;
  const requests = await pageRequests(app, { environment, endMs });
  const line = createProgressLine();
  const measured: Measured[] = [];
  for (const request of requests) {
    line.show(`${request.page}, ${request.asks}`);
    measured.push(await measure(app, request, Number(values.rounds)));
  }
  line.end();
  return measured;
}

function table(measured: readonly Measured[]): string {
  const head = ["page", "asks for", "first ms", "p50 ms", "p95 ms", "p99 ms", "max ms", "KB"];
  const rows = measured.map((one) => [
    ...[one.page, one.asks],
    ...[one.firstMs, one.p50Ms, one.p95Ms, one.p99Ms, one.maxMs].map((ms) => ms.toFixed(1)),
    (one.bytes / 1024).toFixed(0),
  ]);
  const widths = head.map((name, column) => Math.max(name.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join("  ");
  return [line(head), ...rows.map(line)].join("\n");
}

async function inOwnApp(): Promise<Measured[]> {
  const kept = values["data-dir"];
  if (kept !== undefined) mkdirSync(resolve(kept), { recursive: true, mode: 0o711 });
  const dataDir = kept === undefined ? makeDataDir() : resolve(kept);
  const options = { dataDir, env: { DATABASE_URL: "", SIGNALBOX_MAX_DISK: "200GB" } };
  const filling = await startAppProcess(options);
  const filled = await fill(filling);
  await filling.end("SIGTERM");
  const times = Number(values.times);
  if (filled && times > 1) await multiply({ dataDir, seed: Number(values.seed), times, say });
  const app = await startAppProcess(options);
  try {
    return await ask(app);
  } finally {
    await app.end("SIGTERM");
    if (kept === undefined) removeDataDir(dataDir);
  }
}

say(`Node ${process.version}, ${cpus().length} cores`);
const measured = await (values.url === undefined ? inOwnApp() : ask({ url: values.url, key: values.key }));
const json = JSON.stringify({ environment, rounds: Number(values.rounds), pages: measured }, null, 2);
say(`\n${table(measured)}\n`);
if (values.json === undefined) say(json);
else writeFileSync(values.json, `${json}\n`);
const slow = measured.filter(({ p95Ms }) => p95Ms >= 200);
say(
  slow.length === 0
    ? "Every p95 is below 200 ms."
    : `p95 of 200 ms and more: ${slow.map(({ page, asks }) => `${page} ${asks}`).join(", ")}`,
);
