import {
  ancestors,
  folderOf,
  inFolder,
  type ModuleTarget,
  normalPath,
  type PathAliases,
  type Workspace,
} from "./module-paths";

const ENDINGS = ["", ".ts", ".tsx", ".mts", ".cts", ".d.ts", ".js", ".jsx", ".mjs", ".cjs"];
const INDEXES = [
  "index.ts",
  "index.tsx",
  "index.mts",
  "index.js",
  "index.jsx",
  "index.mjs",
  "index.cjs",
  "index.d.ts",
  "src/index.ts",
  "src/index.js",
];
/** Files that are modules to a bundler and hold no code to read. */
const ASSETS =
  /\.(json|css|scss|sass|less|svg|png|jpe?g|gif|webp|vue|svelte|html|md|mdx|wasm|txt|graphql|gql|ya?ml|node)(\?.*)?$/;

export interface TypeScriptPaths {
  resolve(from: string, module: string): ModuleTarget;
}

export function typeScriptPaths(
  files: readonly string[],
  aliases: readonly PathAliases[],
  workspaces: readonly Workspace[],
): TypeScriptPaths {
  const modules = new Set(files);

  const atPath = (path: string | null): ModuleTarget | null => {
    if (path === null) return null;
    const bare = path.replace(/\.(m|c)?jsx?$/, "");
    for (const base of bare === path ? [path] : [path, bare]) {
      for (const ending of ENDINGS) if (modules.has(base + ending)) return { kind: "file", file: base + ending };
    }
    for (const index of INDEXES)
      if (modules.has(inFolder(path, index))) return { kind: "file", file: inFolder(path, index) };
    return null;
  };

  const byAlias = (from: string, module: string): ModuleTarget | null => {
    const above = ancestors(folderOf(from));
    for (const folder of above) {
      const config = aliases.find((alias) => alias.folder === folder);
      if (!config) continue;
      let claimed = false;
      for (const [pattern, targets] of Object.entries(config.paths)) {
        const rest = matchPattern(pattern, module);
        if (rest === null) continue;
        claimed ||= pattern !== "*";
        for (const target of targets) {
          const found = atPath(normalPath(target.replace("*", rest)));
          if (found) return found;
        }
      }
      if (claimed) return { kind: "missing" };
      const based = config.baseUrl === null ? null : atPath(normalPath(inFolder(config.baseUrl, module)));
      if (based) return based;
    }
    return null;
  };

  return {
    resolve(from, module) {
      if (ASSETS.test(module) || module.startsWith("node:")) return { kind: "external", name: module };
      if (module.startsWith(".")) {
        const path = normalPath(inFolder(folderOf(from), module));
        // What lies above the checkout is not known to be gone.
        return path === null ? { kind: "external", name: module } : (atPath(path) ?? { kind: "missing" });
      }
      const aliased = byAlias(from, module);
      if (aliased) return aliased;
      for (const { name, folder } of workspaces) {
        if (module !== name && !module.startsWith(`${name}/`)) continue;
        const rest = module.slice(name.length + 1);
        const found =
          atPath(inFolder(folder, rest)) ?? atPath(inFolder(folder, `src/${rest}`)) ?? atPath(inFolder(folder, "src"));
        if (found) return found;
      }
      return { kind: "external", name: module };
    },
  };
}

/** What the star stands for; null where the pattern does not fit. */
function matchPattern(pattern: string, module: string): string | null {
  const star = pattern.indexOf("*");
  if (star < 0) return pattern === module ? "" : null;
  const [before, after] = [pattern.slice(0, star), pattern.slice(star + 1)];
  const fits = module.startsWith(before) && module.endsWith(after) && module.length >= before.length + after.length;
  return fits ? module.slice(before.length, module.length - after.length) : null;
}
