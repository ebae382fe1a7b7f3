/** Reads a folder on disk. Links are followed inside of the checkout only, each file once. */
import { lstat, readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { grammarOf, isGeneratedFile, isSkippedFolder } from "./classify";
import { createIgnored, type Ignored } from "./ignored";
import { isSetting, type SourceTree } from "./source-tree";

interface Walk {
  root: string;
  real: string;
  ignored: Ignored;
  tree: SourceTree;
  seen: Set<string>;
}

export async function walkFolder(root: string): Promise<SourceTree> {
  const tree: SourceTree = {
    files: [],
    settings: [],
    unreadable: [],
    async read(paths) {
      const found = new Map<string, Uint8Array>();
      for (const path of paths) {
        try {
          found.set(path, await readFile(join(root, path)));
        } catch {
          // A file that went away or may not be read is named by whoever asked for it.
        }
      }
      return found;
    },
  };
  await walk({ root, real: await realpath(root), ignored: createIgnored(), tree, seen: new Set() }, "");
  tree.files.sort((a, b) => (a.file < b.file ? -1 : 1));
  return tree;
}

async function walk(state: Walk, folder: string): Promise<void> {
  const entries = await readdir(join(state.root, folder), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      state.tree.unreadable.push({ file: folder || ".", reason: `cannot be opened: ${error.code ?? "?"}` });
      return [];
    },
  );
  const names = new Set(entries.map((entry) => entry.name));
  if (folder !== "" && (names.has(".git") || names.has("pyvenv.cfg"))) return;
  if (names.has(".gitignore")) {
    state.ignored.add(folder, await readFile(join(state.root, folder, ".gitignore"), "utf8").catch(() => ""));
  }
  for (const entry of entries) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    const kind = entry.isSymbolicLink()
      ? await linked(state, path)
      : entry.isDirectory()
        ? "folder"
        : entry.isFile()
          ? "file"
          : null;
    if (kind === "folder" && !isSkippedFolder(entry.name) && !state.ignored.has(`${path}/`)) await walk(state, path);
    if (kind === "file") addFile(state, path);
  }
}

function addFile({ tree, ignored }: Walk, path: string): void {
  const source = grammarOf(path) !== null && !isGeneratedFile(path);
  if ((!source && !isSetting(path)) || ignored.has(path)) return;
  if (isSetting(path)) tree.settings.push(path);
  if (source) tree.files.push({ file: path, hash: null });
}

/** What a link leads to, where it stays in the checkout, was not seen yet and is not the link's own parent. */
async function linked(state: Walk, path: string): Promise<"file" | "folder" | null> {
  try {
    const target = await realpath(join(state.root, path));
    if (!target.startsWith(state.real + sep) || state.seen.has(target)) return null;
    if (join(state.real, path).startsWith(target + sep)) return null;
    state.seen.add(target);
    const what = await stat(target);
    // The target itself is walked where it stands; a link to it would list everything twice.
    return what.isFile() && !(await lstat(target)).isSymbolicLink() ? "file" : null;
  } catch {
    return null;
  }
}
