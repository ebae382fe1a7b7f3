import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openCache } from "../cache";
import { parseConfig } from "../config";
import { createReader } from "../reader";
import { type ScanOptions, scanTree } from "../scan";
import { walkFolder } from "../walk";

export const FIXTURES = fileURLToPath(new URL("../fixtures", import.meta.url));

/** Scans a folder with its own config. */
export async function scanFolder(folder: string, options: ScanOptions = {}) {
  const parsed = parseConfig(await readFile(join(folder, "signalbox.config.yaml"), "utf8"), "signalbox.config.yaml");
  if (!parsed.ok) throw new Error(parsed.message);
  return scanTree(
    await walkFolder(folder),
    null,
    parsed.config,
    createReader(await openCache(null), null, 1).readAll,
    options,
  );
}
