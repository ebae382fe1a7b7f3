import { ancestors, folderOf, inFolder, type ModuleTarget } from "./module-paths";

export interface PythonPaths {
  resolve(from: string, module: string): ModuleTarget;
  /** `folder/name` as a module or package below a package. */
  submodule(file: string, name: string): ModuleTarget | null;
  /** Grows when what looked like a library turned out to be a part of this checkout. */
  learned(): number;
}

/**
 * Absolute imports are looked up from each folder above the importing file that is not itself a package, nearest first,
 * then from every other folder that holds a package: that is how a checkout is put on `sys.path`.
 */
export function pythonPaths(files: readonly string[]): PythonPaths {
  const modules = new Set(files);
  const folders = new Set(files.flatMap((file) => ancestors(folderOf(file))));
  const isPackage = (folder: string) =>
    modules.has(inFolder(folder, "__init__.py")) || modules.has(inFolder(folder, "__init__.pyi"));
  const packageParents = new Set([...folders].filter((folder) => folder !== "" && isPackage(folder)).map(folderOf));
  const roots = [...packageParents]
    .filter((folder) => !isPackage(folder))
    .sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const resolvedTops = new Set<string>();
  const cache = new Map<string, ModuleTarget>();
  let learned = 0;

  const at = (folder: string, parts: string[]): ModuleTarget | null => {
    const path = inFolder(folder, parts.join("/"));
    if (parts.length > 0 && modules.has(`${path}.py`)) return { kind: "file", file: `${path}.py` };
    for (const init of ["__init__.py", "__init__.pyi"]) {
      if (modules.has(inFolder(path, init))) return { kind: "file", file: inFolder(path, init) };
    }
    if (modules.has(`${path}.pyi`)) return { kind: "file", file: `${path}.pyi` };
    return folders.has(path) && parts.length > 0 ? { kind: "folder", folder: path } : null;
  };

  const relative = (from: string, module: string): ModuleTarget => {
    const dots = /^\.+/.exec(module)?.[0].length ?? 0;
    const base = ancestors(folderOf(from))[dots - 1];
    if (base === undefined) return { kind: "external", name: module };
    const parts = module.slice(dots).split(".").filter(Boolean);
    return at(base, parts) ?? (parts.length === 0 ? { kind: "folder", folder: base } : { kind: "missing" });
  };

  const absolute = (from: string, module: string): ModuleTarget => {
    const parts = module.split(".");
    const [top = ""] = parts;
    const own = ancestors(folderOf(from)).filter((folder) => !isPackage(folder));
    let folder: ModuleTarget | null = null;
    for (const root of new Set([...own, ...roots])) {
      const found = at(root, parts);
      if (found?.kind === "file") {
        if (!resolvedTops.has(top)) {
          resolvedTops.add(top);
          // What looked like a library may be a part of this checkout that is missing.
          for (const [key, target] of cache)
            if (target.kind === "external" && target.name.split(".")[0] === top && cache.delete(key)) learned += 1;
        }
        return found;
      }
      folder ??= found;
    }
    if (folder) return folder;
    const packaged = [...own, ...roots].some((root) => isPackage(inFolder(root, top)));
    const known =
      packaged || (resolvedTops.has(top) && [...own, ...roots].some((root) => folders.has(inFolder(root, top))));
    return known && parts.length > 1 ? { kind: "missing" } : { kind: "external", name: module };
  };

  return {
    resolve(from, module) {
      const key = `${module.startsWith(".") ? from : folderOf(from)}\0${module}`;
      const cached = cache.get(key);
      if (cached) return cached;
      const found = module.startsWith(".") ? relative(from, module) : absolute(from, module);
      cache.set(key, found);
      return found;
    },
    learned: () => learned,
    submodule: (file, name) => at(/(^|\/)__init__\.pyi?$/.test(file) ? folderOf(file) : file, [name]),
  };
}
