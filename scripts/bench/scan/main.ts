/**
 * `npm run bench -- scan [folder]`: how fast a large source tree is scanned, beside a plain `grep -rE` for the names in
 * the same run. Without a folder the standard library of the Python on this machine.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { stat } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { openCache } from "@/scanner/cache";
import { parseConfig } from "@/scanner/config";
import { openReports } from "@/scanner/known-reports";
import { createReader } from "@/scanner/reader";
import { scanTree } from "@/scanner/scan";
import { walkFolder } from "@/scanner/walk";

const CONFIG = `concepts:
  - id: message-router
    names: ["*Router*", "*Dispatcher*"]
    methods: [route_message, dispatch]
`;
const GREP = "class +[A-Za-z_]*(Router|Dispatcher)";

const standardLibrary = () =>
  execFileSync("python3", ["-c", "import sysconfig; print(sysconfig.get_paths()['stdlib'])"], {
    encoding: "utf8",
  }).trim();

const root = resolve(process.argv[2] ?? standardLibrary());
const result = parseConfig(CONFIG, "bench");
if (!result.ok) throw new Error(result.message);
const { config } = result;
const worker = pathToFileURL(resolve("dist/scan-worker.mjs"));
const threads = availableParallelism();
const folder = mkdtempSync(join(tmpdir(), "bench-scan-"));

async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; cpuSeconds: number; result: T }> {
  const started = performance.now();
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6, result };
}

/** `judged`: also where the same tree was judged before. */
async function scan(judged: boolean) {
  const place = { folder, by: "bench" };
  const reader = createReader(await openCache(place), worker, threads);
  const known = judged ? null : { reports: openReports(place), hashesOf: reader.hashesOf };
  const report = await scanTree(await walkFolder(root), null, config, reader.readAll, { known });
  await reader.close();
  return report;
}

try {
  const { files } = await walkFolder(root);
  const sizes = await Promise.all(files.map(({ file }) => stat(join(root, file))));
  const megabytes = sizes.reduce((sum, { size }) => sum + size, 0) / 1e6;
  const cold = await timed(() => scan(false));
  const parsed = await timed(() => scan(true));
  const warm = await timed(() => scan(false));
  const grep = await timed(async () => spawnSync("grep", ["-rE", "--include=*.py", GREP, root], { maxBuffer: 1e9 }));
  const line = (name: string, seconds: number, cpu: number | null) =>
    console.log(
      `${name.padEnd(28)} ${seconds.toFixed(1).padStart(7)} s  ${Math.round(files.length / seconds)} files/s  ${(megabytes / seconds).toFixed(1)} MB/s${cpu === null ? "" : `  ${cpu.toFixed(1)} s of processor time`}`,
    );
  console.log(`${root}: ${files.length} files, ${megabytes.toFixed(1)} MB, ${threads} threads`);
  console.log(
    `${cold.result.files - cold.result.unparsed} files were parsed; ${cold.result.notAnalysed.length} not analysed`,
  );
  for (const { file, reason } of cold.result.notAnalysed.slice(0, 10)) console.log(`  ${file}: ${reason}`);
  line("scan, nothing cached", cold.seconds, cold.cpuSeconds);
  line("scan, every parse cached", parsed.seconds, parsed.cpuSeconds);
  line("scan, nothing changed", warm.seconds, warm.cpuSeconds);
  line("grep -rE for the names", grep.seconds, null);
  console.log(`peak memory ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
