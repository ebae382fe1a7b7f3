/** The tree of a commit, read from the object store: no work tree, no checkout, no filters. */
import { grammarOf, isGeneratedFile, isSkippedFolder } from "./classify";
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
  const wanted = entries.filter(
    ({ path }) => !isLeftOut(path) && !ignored.has(path) && !isInIgnoredFolder(path, ignored.has),
  );
  return {
    files: wanted
      .filter(({ path }) => grammarOf(path) !== null && !isGeneratedFile(path))
      .map(({ path, hash }) => ({ file: path, hash }))
      .sort((a, b) => (a.file < b.file ? -1 : 1)),
    settings: wanted.map(({ path }) => path).filter(isSetting),
    unreadable: [],
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

const isLeftOut = (path: string): boolean => path.split("/").slice(0, -1).some(isSkippedFolder);

const isInIgnoredFolder = (path: string, isIgnored: (path: string) => boolean): boolean => {
  const parts = path.split("/").slice(0, -1);
  return parts.some((_, index) => isIgnored(`${parts.slice(0, index + 1).join("/")}/`));
};
