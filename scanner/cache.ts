/**
 * Readings by content: what a file's bytes say does not change. Kept in a folder, split by hash; a cache that cannot be
 * read or written is as good as none.
 */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import type { ModuleReading } from "./read-module";

const SHARDS = 16;
/** Beyond this a shard keeps only what the last scan used. */
const MAX_READINGS = 10_000;

const compress = promisify(deflate);
const decompress = promisify(inflate);

export interface ReadingCache {
  get(key: string): ModuleReading | undefined;
  set(key: string, reading: ModuleReading): void;
  /** Writes what is new. */
  save(): Promise<void>;
}

/** As git names the content of a file. */
export const blobHash = (source: Uint8Array): string =>
  createHash("sha1").update(`blob ${source.length}\0`).update(source).digest("hex");

/** `by`: what made the readings; another scanner reads anew. */
export interface CachePlace {
  folder: string;
  by: string;
}

/** Without a place only as long as the process lives. */
export async function openCache(place: CachePlace | null): Promise<ReadingCache> {
  const numbers = Array.from({ length: SHARDS }, (_, shard) => shard);
  const shards = await Promise.all(
    numbers.map((shard) => (place === null ? new Map() : readShard(fileOf(place, shard)))),
  );
  const used = new Set<string>();
  const changed = new Set<number>();
  const shardOf = (key: string) => Number.parseInt(key.slice(-1), 16) % SHARDS || 0;
  return {
    get(key) {
      used.add(key);
      return shards[shardOf(key)]?.get(key);
    },
    set(key, reading) {
      used.add(key);
      shards[shardOf(key)]?.set(key, reading);
      changed.add(shardOf(key));
    },
    async save() {
      if (place === null || changed.size === 0) return;
      try {
        await mkdir(place.folder, { recursive: true });
        for (const shard of changed) await writeShard(fileOf(place, shard), [...(shards[shard] ?? [])], used);
      } catch {
        // The next scan reads the files again.
      }
    },
  };
}

const fileOf = ({ folder, by }: CachePlace, shard: number): string => join(folder, `${by}-${shard.toString(16)}.z`);

async function readShard(path: string): Promise<Map<string, ModuleReading>> {
  try {
    return new Map(JSON.parse((await decompress(await readFile(path))).toString("utf8")) as [string, ModuleReading][]);
  } catch {
    return new Map();
  }
}

async function writeShard(path: string, readings: [string, ModuleReading][], used: Set<string>): Promise<void> {
  const kept = readings.length > MAX_READINGS ? readings.filter(([key]) => used.has(key)) : readings;
  await writeFile(`${path}.${process.pid}`, await compress(JSON.stringify(kept), { level: 1 }));
  await rename(`${path}.${process.pid}`, path);
}
