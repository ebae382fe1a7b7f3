/** Reads trees: each content once, the new ones in threads where there are many. */
import { blobHash, type ReadingCache } from "./cache";
import { grammarOf } from "./classify";
import { type ModuleReading, readModule } from "./read-module";
import { type ReadingThreads, startThreads } from "./reading-threads";
import type { ReadAll } from "./scan";
import type { SourceTree } from "./source-tree";
import { createParse, type Parse } from "./syntax/parse";
import { mentions, mentionsAdded, type Words } from "./words";
import type { ReadAnswer, ReadRequest } from "./worker";

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

  /** Contents that hold none of the words, remembered as what they are. */
  const without = {
    has: (key: string) => cache.get(key) !== undefined,
    add: (key: string) => cache.set(key, { kind: "unread" }),
  };
  const hashes = new WeakMap<SourceTree, Map<string, string>>();

  const readHere = async ({ files, words }: ReadRequest): Promise<ReadAnswer> => {
    parsing ??= createParse();
    const parse = await parsing;
    const answer: ReadAnswer = [];
    for (const { file, source } of files) answer.push([file, await readModule(parse, file, source, words)]);
    return answer;
  };

  const readAll: ReadAll = async (tree, words, onRead) => {
    const readings = new Map<string, ModuleReading>();
    const hashed = hashes.get(tree) ?? new Map<string, string>();
    hashes.set(tree, hashed);
    const lacks = (key: string): string => `${words?.key}:${key}`;
    const matters = (of: Words, key: string, source: Uint8Array): boolean => {
      const text = Buffer.from(source.buffer, source.byteOffset, source.byteLength).toString("latin1");
      return of.added && without.has(`${of.added.to}:${key}`) ? mentionsAdded(of, text) : mentions(of, text);
    };
    const unknown = tree.files.filter(({ file, hash }) => {
      const content = hash ?? hashed.get(file);
      const key = content === undefined ? null : keyOf(file, content);
      const known = key === null ? undefined : cache.get(key);
      if (!known || (known.kind === "unread" && !without.has(lacks(key ?? "")))) return true;
      readings.set(file, known);
      return false;
    });
    const worthThreads = script !== null && unknown.length >= WORTH_THREADS && jobs > 1;
    let done = readings.size;
    const readBatch = async (paths: string[]): Promise<void> => {
      const sources = await tree.read(paths);
      const keys = new Map<string, string>();
      const fresh: ReadRequest["files"] = [];
      for (const [file, source] of sources) {
        const hash = hashed.get(file) ?? blobHash(source);
        const key = keyOf(file, hash);
        hashed.set(file, hash);
        const known = cache.get(key);
        const isUnread = known?.kind === "unread" && words !== null && !matters(words, key, source);
        if (isUnread) without.add(lacks(key));
        if (known && (isUnread || known.kind !== "unread")) readings.set(file, known);
        else {
          keys.set(file, key);
          fresh.push({ file, source });
        }
      }
      if (script && worthThreads && fresh.length > 0) threads ??= startThreads(script, jobs);
      const reading = worthThreads ? threads : null;
      const answer =
        fresh.length === 0
          ? []
          : await (reading ? reading.read({ files: fresh, words }) : readHere({ files: fresh, words }));
      for (const [file, one] of answer) {
        readings.set(file, one);
        const key = keys.get(file) ?? "";
        cache.set(key, one);
        if (one.kind === "unread") without.add(lacks(key));
      }
      done += paths.length;
      onRead?.(done);
    };
    const batches: string[][] = [];
    for (let start = 0; start < unknown.length; start += BATCH)
      batches.push(unknown.slice(start, start + BATCH).map(({ file }) => file));
    // As many at once as keep every thread busy, so that sources do not pile up in memory.
    const lanes = Array.from({ length: worthThreads ? jobs * 2 : 1 }, async () => {
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
