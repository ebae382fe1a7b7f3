/** Reports of trees that were scanned before, to the byte: a tree whose contents are the same is not judged again. */
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { deflate, inflate } from "node:zlib";
import type { ScanReport } from "@/domain/consolidation/types";
import type { CachePlace } from "./cache";
import type { ScanConfig } from "./config";
import type { SourceTree } from "./source-tree";

const MAX_REPORTS = 8;

const compress = promisify(deflate);
const decompress = promisify(inflate);

export interface KnownReports {
  get(key: string): Promise<ScanReport | null>;
  set(key: string, report: ScanReport): Promise<void>;
}

/** Everything that a report depends on but the commit; `hashes` of every file that could be read. */
export async function reportKey(
  tree: SourceTree,
  hashes: ReadonlyMap<string, string>,
  config: ScanConfig,
  parse: string,
): Promise<string> {
  const settings = [...(await tree.read(tree.settings))].map(([path, bytes]) => [
    path,
    Buffer.from(bytes).toString("utf8"),
  ]);
  const files = tree.files.map(({ file }) => [file, hashes.get(file) ?? null]);
  const all = [config, parse, files, settings, tree.unreadable, [...tree.links]];
  return createHash("sha1").update(JSON.stringify(all)).digest("hex");
}

/** A file that cannot be read or written is as good as none. */
export function openReports(place: CachePlace): KnownReports {
  const path = join(place.folder, `${place.by}-reports.z`);
  const stored = async (): Promise<[string, ScanReport][]> => {
    try {
      return JSON.parse((await decompress(await readFile(path))).toString("utf8"));
    } catch {
      return [];
    }
  };
  return {
    async get(key) {
      return (await stored()).find(([known]) => known === key)?.[1] ?? null;
    },
    async set(key, report) {
      const others = (await stored()).filter(([known]) => known !== key);
      const kept = [[key, report], ...others].slice(0, MAX_REPORTS);
      try {
        await mkdir(place.folder, { recursive: true });
        await writeFile(`${path}.${process.pid}`, await compress(JSON.stringify(kept), { level: 1 }));
        await rename(`${path}.${process.pid}`, path);
      } catch {
        // The next scan judges anew.
      }
    },
  };
}
