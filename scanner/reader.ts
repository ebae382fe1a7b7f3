/** Reads trees: each content once, and parses what is wanted, in threads where there is much. */
import { createAsked } from "./asked";
import { blobHash, type ReadingCache } from "./cache";
import { grammarOf } from "./classify";
import { createRead, type SentFile } from "./read";
import type { ModuleReading } from "./read-module";
import { type ReadingThreads, startThreads } from "./reading-threads";
import type { ReadAll } from "./scan";
import type { SourceTree } from "./source-tree";
import { MAX_BYTES } from "./syntax/parse";

/** Files that are read at once, and files that a thread is sent at once. */
const BATCH = 64;
const REQUEST = 12;
/** Fewer files than this are read before a thread is up. */
const WORTH_THREADS = 60;

const UNPARSED: ModuleReading = { kind: "unparsed" };

export interface Reader {
  readAll: ReadAll;
  /** Content hashes of every file that can be read. */
  hashesOf(tree: SourceTree): Promise<ReadonlyMap<string, string>>;
  /** Saves what was read and ends the threads. */
  close(): Promise<void>;
}

/** `script`: the built worker; null reads in this thread. */
export function createReader(cache: ReadingCache, script: URL | null, jobs: number): Reader {
  let threads: ReadingThreads | null = null;
  const readHere = createRead();
  const hashes = new WeakMap<SourceTree, Map<string, string>>();
  const asked = createAsked();

  const hashedOf = (tree: SourceTree): Map<string, string> => {
    const known = hashes.get(tree) ?? new Map(tree.files.flatMap(({ file, hash }) => (hash ? [[file, hash]] : [])));
    hashes.set(tree, known);
    return known;
  };

  const readAll: ReadAll = async (tree, wanted, onRead) => {
    const words = wanted?.words ?? null;
    const readings = new Map<string, ModuleReading>();
    const hashed = hashedOf(tree);
    /** True where nothing of the file has to be read. */
    const isKnown = (file: string): boolean => {
      const hash = hashed.get(file);
      const key = hash === undefined ? null : keyOf(file, hash);
      const matters = key === null ? null : asked.matters(wanted, file, key);
      const known = matters === false ? UNPARSED : matters && key ? cache.get(key) : undefined;
      if (known) readings.set(file, known);
      return known !== undefined;
    };
    const open = tree.files.map(({ file }) => file).filter((file) => !isKnown(file));
    const underway = new Set<Promise<void>>();
    const fresh: SentFile[] = [];

    const readNext = async (): Promise<void> => {
      const request = { words, files: fresh.splice(0, REQUEST) };
      for (const { file, asked: answer, reading } of await (threads ? threads.read(request) : readHere(request))) {
        const key = keyOf(file, hashed.get(file) ?? "");
        if (words && answer) asked.learn(words, key, answer);
        if (reading) cache.set(key, reading);
        readings.set(file, reading ?? (answer?.matters === false ? UNPARSED : (cache.get(key) ?? UNPARSED)));
      }
      onRead?.(readings.size);
    };
    const start = (): void => {
      const read: Promise<void> = readNext().finally(() => underway.delete(read));
      underway.add(read);
    };
    for (let from = 0; from < open.length; from += BATCH) {
      for (const [file, source] of await tree.read(open.slice(from, from + BATCH))) {
        const hash = hashed.get(file) ?? blobHash(source);
        const key = keyOf(file, hash);
        hashed.set(file, hash);
        // What is no text, or too long, is named as such.
        const matters = asked.matters(wanted, file, key) ?? (source.length > MAX_BYTES || source.includes(0) || null);
        const known = matters === false ? UNPARSED : cache.get(key);
        if (known && matters !== null) readings.set(file, known);
        else {
          const ask = matters !== null ? null : words && asked.isPlain(words, key) ? "plain" : "all";
          fresh.push({ file, source, ask, isKnown: known !== undefined });
        }
      }
      if (script && jobs > 1 && fresh.length >= WORTH_THREADS) threads ??= startThreads(script, jobs);
      while (threads && fresh.length >= REQUEST) {
        start();
        // As many at once as keep every thread busy, so that sources do not pile up in memory.
        if (underway.size > jobs * 4) await Promise.race(underway);
      }
      while (!threads && !(script && jobs > 1) && fresh.length > 0) await readNext();
      onRead?.(readings.size);
    }
    while (fresh.length > 0) start();
    await Promise.all(underway);
    return readings;
  };

  return {
    readAll,
    async hashesOf(tree) {
      const hashed = hashedOf(tree);
      const open = tree.files.map(({ file }) => file).filter((file) => !hashed.has(file));
      for (let from = 0; from < open.length; from += BATCH)
        for (const [file, source] of await tree.read(open.slice(from, from + BATCH)))
          hashed.set(file, blobHash(source));
      return hashed;
    },
    async close() {
      await Promise.all([cache.save(), threads?.close()]);
    },
  };
}

/** The same bytes are another thing under another ending. */
const keyOf = (file: string, hash: string): string => `${grammarOf(file) ?? ""}:${hash}`;
