/** Reads trees: each content once, the new ones in threads where there are many. */
import { blobHash, type ReadingCache } from "./cache";
import { grammarOf } from "./classify";
import { type ModuleReading, readModule } from "./read-module";
import { type ReadingThreads, startThreads } from "./reading-threads";
import type { ReadAll } from "./scan";
import { createParse, type Parse } from "./syntax/parse";
import type { ReadAnswer } from "./worker";

const BATCH = 48;
/** Fewer files than this are read before a thread is up. */
const WORTH_THREADS = 150;

export interface Reader {
  readAll: ReadAll;
  /** Saves what was read and ends the threads. */
  close(): Promise<void>;
}

/** `script`: the built worker; null reads in this thread. */
export function createReader(cache: ReadingCache, script: URL | null, jobs: number): Reader {
  let threads: ReadingThreads | null = null;
  let parsing: Promise<Parse> | null = null;

  const readHere = async (files: { file: string; source: Uint8Array }[]): Promise<ReadAnswer> => {
    parsing ??= createParse();
    const parse = await parsing;
    const answer: ReadAnswer = [];
    for (const { file, source } of files) answer.push([file, await readModule(parse, file, source)]);
    return answer;
  };

  const readAll: ReadAll = async (tree, onRead) => {
    const readings = new Map<string, ModuleReading>();
    const unknown = tree.files.filter(({ file, hash }) => {
      const known = hash === null ? undefined : cache.get(keyOf(file, hash));
      if (known) readings.set(file, known);
      return !known;
    });
    if (script && unknown.length >= WORTH_THREADS && jobs > 1) threads ??= startThreads(script, jobs);
    const reading = threads;
    let done = readings.size;
    const readBatch = async (paths: string[]): Promise<void> => {
      const sources = await tree.read(paths);
      const keys = new Map<string, string>();
      const fresh: { file: string; source: Uint8Array }[] = [];
      for (const [file, source] of sources) {
        const key = keyOf(file, blobHash(source));
        const known = cache.get(key);
        if (known) readings.set(file, known);
        else {
          keys.set(file, key);
          fresh.push({ file, source });
        }
      }
      const answer = fresh.length === 0 ? [] : reading ? await reading.read({ files: fresh }) : await readHere(fresh);
      for (const [file, one] of answer) {
        readings.set(file, one);
        cache.set(keys.get(file) ?? "", one);
      }
      done += paths.length;
      onRead?.(done);
    };
    const batches: string[][] = [];
    for (let start = 0; start < unknown.length; start += BATCH)
      batches.push(unknown.slice(start, start + BATCH).map(({ file }) => file));
    // As many at once as keep every thread busy, so that sources do not pile up in memory.
    const lanes = Array.from({ length: reading ? jobs * 2 : 1 }, async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) await readBatch(batch);
    });
    await Promise.all(lanes);
    return readings;
  };

  return {
    readAll,
    async close() {
      await Promise.all([cache.save(), threads?.close()]);
    },
  };
}

/** The same bytes are another thing under another ending. */
const keyOf = (file: string, hash: string): string => `${grammarOf(file) ?? ""}:${hash}`;
