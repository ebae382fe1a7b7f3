import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { openCache } from "./cache";
import { createReader } from "./reader";
import type { SourceTree } from "./source-tree";

const base = mkdtempSync(join(tmpdir(), "reader-"));
afterAll(() => rmSync(base, { recursive: true, force: true }));
const WORKER = new URL("./testing/worker.mjs", import.meta.url);

/** 400 files of which every tenth is broken; counts what is read. */
function tree(): SourceTree & { reads: number } {
  const text = (file: string) =>
    file.endsWith("0.py") ? "class Broken(:\n" : `class Of${file.replace(".py", "")}:\n    pass\n`;
  const made = {
    files: Array.from({ length: 400 }, (_, index) => ({ file: `m${index}.py`, hash: null })),
    settings: [],
    unreadable: [],
    leftOut: [],
    paths: [],
    links: new Map(),
    reads: 0,
    async read(paths: string[]) {
      made.reads += paths.length;
      return new Map(paths.map((path) => [path, Buffer.from(text(path))]));
    },
  };
  return made;
}

describe("reading many files", () => {
  it("gives the same in threads as in one, and tells how far it is", async () => {
    const here = createReader(await openCache(null), null, 1);
    const threads = createReader(await openCache(null), WORKER, 2);
    const told: number[] = [];
    const [one, two] = [
      await here.readAll(tree(), null),
      await threads.readAll(tree(), null, (done) => told.push(done)),
    ];
    await threads.close();
    expect([...two].sort()).toEqual([...one].sort());
    expect(told.at(-1)).toBe(400);
  });

  it("parses no content twice, and starts afresh from a cache that is broken", async () => {
    const place = { folder: join(base, "cache"), by: "test" };
    const first = createReader(await openCache(place), null, 1);
    const readings = await first.readAll(tree(), null);
    await first.close();
    let asked = 0;
    const cache = await openCache(place);
    const second = createReader({ ...cache, set: () => (asked += 1) }, null, 1);
    expect([...(await second.readAll(tree(), null))].sort()).toEqual([...readings].sort());
    expect(asked).toBe(0);
    for (let shard = 0; shard < 16; shard += 1)
      writeFileSync(join(place.folder, `test-${shard.toString(16)}.z`), "no cache");
    const third = createReader(await openCache(place), null, 1);
    expect((await third.readAll(tree(), null)).size).toBe(400);
  });
});
