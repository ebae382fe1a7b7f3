/** Reads trees: each content once, and parses what is wanted, in threads where there is much. */
import { createAsked } from "./asked";
import { blobHash, type ReadingCache } from "./cache";
import { grammarOf } from "./classify";
import { type ModuleReading, readModule } from "./read-module";
import { type ReadingThreads, startThreads } from "./reading-threads";
import type { ReadAll } from "./scan";
import type { SourceTree } from "./source-tree";
import { createParse, type Parse } from "./syntax/parse";
import type { ReadAnswer, ReadRequest } from "./worker";

/** Files that are read at once, and files that a thread is sent at once. */
const BATCH = 64;
const REQUEST = 12;
/** Fewer files than this are parsed before a thread is up. */
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
  let parsing: Promise<Parse> | null = null;
  const hashes = new WeakMap<SourceTree, Map<string, string>>();
  const asked = createAsked();

  const readHere = async ({ files }: ReadRequest): Promise<ReadAnswer> => {
    parsing ??= createParse();
    const parse = await parsing;
    const answer: ReadAnswer = [];
    for (const { file, source } of files) answer.push([file, await readModule(parse, file, source)]);
    return answer;
  };

  const hashedOf = (tree: SourceTree): Map<string, string> => {
    const known = hashes.get(tree) ?? new Map(tree.files.flatMap(({ file, hash }) => (hash ? [[file, hash]] : [])));
    hashes.set(tree, known);
    return known;
  };

  const readAll: ReadAll = async (tree, wanted, onRead) => {
    const readings = new Map<string, ModuleReading>();
    const hashed = hashedOf(tree);
    /** True where nothing of the file has to be read. */
    const isKnown = (file: string): boolean => {
      const hash = hashed.get(file);
      const key = hash === undefined ? null : keyOf(file, hash);
      const matters = key === null ? null : asked.matters(wanted, file, key, null);
      const known = matters === false ? UNPARSED : matters && key ? cache.get(key) : undefined;
      if (known) readings.set(file, known);
      return known !== undefined;
    };
    const open = tree.files.map(({ file }) => file).filter((file) => !isKnown(file));
    const underway = new Set<Promise<void>>();
    const fresh: (ReadRequest["files"][number] & { key: string })[] = [];

    const parseNext = async (): Promise<void> => {
      const files = fresh.splice(0, REQUEST);
      const keys = new Map(files.map(({ file, key }) => [file, key]));
      const request = { files: files.map(({ file, source }) => ({ file, source })) };
      for (const [file, one] of await (threads ? threads.read(request) : readHere(request))) {
        readings.set(file, one);
        cache.set(keys.get(file) ?? "", one);
      }
      onRead?.(readings.size);
    };
    const start = (): void => {
      const parsed: Promise<void> = parseNext().finally(() => underway.delete(parsed));
      underway.add(parsed);
    };
    for (let from = 0; from < open.length; from += BATCH) {
      for (const [file, source] of await tree.read(open.slice(from, from + BATCH))) {
        const hash = hashed.get(file) ?? blobHash(source);
        const key = keyOf(file, hash);
        hashed.set(file, hash);
        const known = asked.matters(wanted, file, key, source) ? cache.get(key) : UNPARSED;
        if (known) readings.set(file, known);
        else fresh.push({ file, source, key });
      }
      if (script && jobs > 1 && fresh.length >= WORTH_THREADS) threads ??= startThreads(script, jobs);
      while (threads && fresh.length >= REQUEST) {
        start();
        // As many at once as keep every thread busy, so that sources do not pile up in memory.
        if (underway.size > jobs * 4) await Promise.race(underway);
      }
      while (!threads && !(script && jobs > 1) && fresh.length > 0) await parseNext();
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
