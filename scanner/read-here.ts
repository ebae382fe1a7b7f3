/** Reads a tree in this thread. */
import { readModule } from "./read-module";
import type { ReadAll } from "./scan";
import { createParse } from "./syntax/parse";

const BATCH = 64;

export const readHere: ReadAll = async (tree, onRead) => {
  const parse = await createParse();
  const readings: Awaited<ReturnType<ReadAll>> = new Map();
  for (let start = 0; start < tree.files.length; start += BATCH) {
    const paths = tree.files.slice(start, start + BATCH).map(({ file }) => file);
    for (const [file, source] of await tree.read(paths)) readings.set(file, await readModule(parse, file, source));
    onRead?.(readings.size);
  }
  return readings;
};
