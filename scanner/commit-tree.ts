/** The tree of a commit, read from the object store: no work tree, no checkout, no filters. */
import { grammarOf, isBuiltFolder, isGeneratedFile, isSkippedFolder } from "./classify";
import { git } from "./git";
import { createIgnored } from "./ignored";
import type { ObjectReader } from "./object-reader";
import { isSetting, type SourceTree } from "./source-tree";

interface Entry {
  path: string;
  hash: string;
}

/** `prefix`: the folder within the repository that is scanned, "" or ending with `/`. */
export async function commitTree(
  folder: string,
  prefix: string,
  commit: string,
  objects: ObjectReader,
): Promise<SourceTree> {
  const listing = await git(folder, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  const entries = listing.split("\0").flatMap((line) => entryOf(line, prefix));
  const hashes = new Map(entries.map(({ path, hash }) => [path, hash]));
  const ignored = createIgnored();
  for (const { path, hash } of entries) {
    if (!/(^|\/)\.gitignore$/.test(path)) continue;
    ignored.add(path.slice(0, Math.max(0, path.lastIndexOf("/"))), (await objects.read(hash))?.toString("utf8") ?? "");
  }
  const allowed = entries.filter(({ path }) => !ignored.has(path) && !isInIgnoredFolder(path, ignored.has));
  const namesIn = byFolder(entries);
  const wanted = allowed.filter(({ path }) => leftOut(path, namesIn) === null);
  return {
    files: wanted
      .filter(({ path }) => grammarOf(path) !== null && !isGeneratedFile(path))
      .map(({ path, hash }) => ({ file: path, hash }))
      .sort((a, b) => (a.file < b.file ? -1 : 1)),
    settings: wanted.map(({ path }) => path).filter(isSetting),
    unreadable: [],
    leftOut: [...new Set(allowed.flatMap(({ path }) => leftOut(path, namesIn) ?? []))],
    paths: wanted.map(({ path }) => path),
    links: new Map(),
    async read(paths) {
      const found = new Map<string, Uint8Array>();
      for (const path of paths) {
        const bytes = await objects.read(hashes.get(path) ?? "");
        if (bytes) found.set(path, bytes);
      }
      return found;
    },
  };
}

/** Plain files only: a link's blob is a path, a submodule has none. */
function entryOf(line: string, prefix: string): Entry[] {
  const found = /^100(?:644|755|664) blob ([0-9a-f]+)\t(.*)$/s.exec(line);
  const [, hash, path] = found ?? [];
  return hash && path?.startsWith(prefix) ? [{ hash, path: path.slice(prefix.length) }] : [];
}

function byFolder(entries: Entry[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { path } of entries) {
    const end = path.lastIndexOf("/");
    const folder = path.slice(0, Math.max(0, end));
    const names = found.get(folder) ?? new Set();
    found.set(folder, names.add(path.slice(end + 1)));
  }
  return found;
}

/** The folder above a file that is not read; null where all are. */
function leftOut(path: string, namesIn: ReadonlyMap<string, Set<string>>): string | null {
  const folders = path.split("/").slice(0, -1);
  const index = folders.findIndex(
    (name, at) => isSkippedFolder(name) || isBuiltFolder(name, namesIn.get(folders.slice(0, at).join("/")) ?? []),
  );
  return index < 0 ? null : folders.slice(0, index + 1).join("/");
}

const isInIgnoredFolder = (path: string, isIgnored: (path: string) => boolean): boolean => {
  const parts = path.split("/").slice(0, -1);
  return parts.some((_, index) => isIgnored(`${parts.slice(0, index + 1).join("/")}/`));
};
