/** Reads a folder on disk. Links are followed inside of the checkout only, each file once. */
import { readFileSync } from "node:fs";
import { readdir, readFile, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";
import { grammarOf, isBuiltFolder, isGeneratedFile, isLibraryFolder, isSkippedFolder } from "./classify";
import { createIgnored, type Ignored } from "./ignored";
import { isSetting, type SourceTree } from "./source-tree";

interface Walk {
  root: string;
  real: string;
  ignored: Ignored;
  tree: SourceTree;
  /** Links to files within the checkout, by what they lead to. */
  links: Map<string, string>;
}

export async function walkFolder(root: string): Promise<SourceTree> {
  const links = new Map<string, string>();
  const tree: SourceTree = {
    files: [],
    settings: [],
    unreadable: [],
    leftOut: [],
    paths: [],
    links,
    async read(paths) {
      const found = new Map<string, Uint8Array>();
      for (const path of paths) {
        try {
          // A read that waits its turn costs more than a file of this size does.
          found.set(path, readFileSync(join(root, path)));
        } catch {
          // A file that went away or may not be read is named by whoever asked for it.
        }
      }
      return found;
    },
  };
  const state: Walk = { root, real: await realpath(root), ignored: createIgnored(), tree, links: new Map() };
  await walk(state, "");
  const libraries = tree.leftOut.filter(isLibraryFolder);
  if (tree.files.length === 0 && libraries.length > 0) {
    tree.leftOut = tree.leftOut.filter((folder) => !libraries.includes(folder));
    for (const folder of libraries) await walk(state, folder);
  }
  const found = new Set(tree.files.map(({ file }) => file));
  for (const [link, target] of [...state.links].sort(([a], [b]) => (a < b ? -1 : 1))) {
    if (found.has(target)) links.set(link, target);
    else addFile(state, link);
    found.add(target);
  }
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
    if (entry.isSymbolicLink()) await noteLink(state, path);
    else if (entry.isFile()) addFile(state, path);
    if (!entry.isDirectory() || state.ignored.has(`${path}/`)) continue;
    if (isSkippedFolder(entry.name) || isBuiltFolder(entry.name, names)) state.tree.leftOut.push(path);
    else await walk(state, path);
  }
}

function addFile({ tree, ignored }: Walk, path: string): void {
  if (ignored.has(path)) return;
  tree.paths.push(path);
  const source = grammarOf(path) !== null && !isGeneratedFile(path);
  if (isSetting(path)) tree.settings.push(path);
  if (source) tree.files.push({ file: path, hash: null });
}

/** Notes what a link leads to, where that is a file of the checkout. A folder is walked where it stands. */
async function noteLink({ root, real, ignored, links }: Walk, path: string): Promise<void> {
  if (ignored.has(path) || grammarOf(path) === null) return;
  try {
    const target = await realpath(join(root, path));
    if (target.startsWith(real + sep) && (await stat(target)).isFile())
      links.set(path, target.slice(real.length + 1).replaceAll(sep, "/"));
  } catch {
    // A link to nothing.
  }
}
