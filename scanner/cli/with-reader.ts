import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { SingleBar } from "cli-progress";
import { openCache } from "../cache";
import { openReports } from "../known-reports";
import { createReader, type Reader } from "../reader";
import type { ScanOptions } from "../scan";
import type { ScanConsole } from "./console";

const MAX_THREADS = 8;

/** Beside the bundle of the command line. */
const workerScript = (): URL | null => {
  const script = new URL("./scan-worker.mjs", import.meta.url);
  return existsSync(fileURLToPath(script)) ? script : null;
};

const fingerprint = async (script: URL): Promise<string> =>
  createHash("sha1")
    .update(await readFile(script))
    .digest("hex")
    .slice(0, 12);

/** Runs with a reader and what is known of earlier scans, and saves its cache afterwards. */
export async function withReader<T>(
  terminal: ScanConsole,
  cached: boolean,
  work: (reader: Reader, known: ScanOptions["known"]) => Promise<T>,
): Promise<T> {
  const script = workerScript();
  const place = cached && script ? { folder: terminal.cacheFolder(), by: await fingerprint(script) } : null;
  const reader = createReader(await openCache(place), script, Math.min(MAX_THREADS, availableParallelism()));
  try {
    return await work(reader, place && { reports: openReports(place), hashesOf: reader.hashesOf });
  } finally {
    await reader.close();
  }
}

/** A progress bar on a terminal, else nothing. */
export function progressOf(
  terminal: ScanConsole,
  total: number,
  what = "files",
): { update(done: number): void; stop(): void } {
  if (!terminal.interactive || total === 0) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${what}, {eta_formatted} left`,
    clearOnComplete: true,
    etaBuffer: 200,
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
