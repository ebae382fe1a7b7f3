/** `paths` and `baseUrl` of tsconfig files, and the names of packages in the checkout. */
import { parse } from "jsonc-parser";
import { z } from "zod";
import {
  folderOf,
  inFolder,
  normalPath,
  type PathAliases,
  type Workspace,
} from "@/domain/consolidation/program/module-paths";
import type { SourceTree } from "./source-tree";

const tsconfig = z.object({
  extends: z.union([z.string(), z.array(z.string())]).optional(),
  compilerOptions: z
    .object({ baseUrl: z.string().optional(), paths: z.record(z.string(), z.array(z.string())).optional() })
    .optional(),
});
const manifest = z.object({ name: z.string().optional() });

export interface PathSettings {
  aliases: PathAliases[];
  workspaces: Workspace[];
}

/** Files that do not parse say nothing. */
export async function readPathSettings(tree: Pick<SourceTree, "settings" | "read">): Promise<PathSettings> {
  const texts = await tree.read(tree.settings);
  const settings: PathSettings = { aliases: [], workspaces: [] };
  const json = (path: string): unknown => {
    const bytes = texts.get(path);
    return bytes ? parse(Buffer.from(bytes).toString("utf8"), [], { allowTrailingComma: true }) : undefined;
  };
  for (const path of [...tree.settings].sort()) {
    if (path.endsWith("package.json")) {
      const found = manifest.safeParse(json(path));
      if (found.success && found.data.name) settings.workspaces.push({ name: found.data.name, folder: folderOf(path) });
    } else {
      const options = optionsOf(path, json, 0);
      if (options) settings.aliases.push({ folder: folderOf(path), ...options });
    }
  }
  return settings;
}

function optionsOf(path: string, json: (path: string) => unknown, depth: number): Omit<PathAliases, "folder"> | null {
  const found = tsconfig.safeParse(json(path));
  if (!found.success || depth > 8) return null;
  const { compilerOptions, extends: above = [] } = found.data;
  const bases = (Array.isArray(above) ? above : [above]).filter((base) => base.startsWith("."));
  let options: Omit<PathAliases, "folder"> | null = null;
  for (const base of bases) {
    const file = normalPath(inFolder(folderOf(path), base));
    if (file) options = optionsOf(file.endsWith(".json") ? file : `${file}.json`, json, depth + 1) ?? options;
  }
  const baseUrl =
    compilerOptions?.baseUrl === undefined
      ? (options?.baseUrl ?? null)
      : normalPath(inFolder(folderOf(path), compilerOptions.baseUrl));
  const from = compilerOptions?.baseUrl === undefined ? folderOf(path) : (baseUrl ?? "");
  const paths = Object.entries(compilerOptions?.paths ?? {}).map(
    ([pattern, targets]) => [pattern, targets.map((target) => inFolder(from, target))] as const,
  );
  if (!compilerOptions?.baseUrl && !compilerOptions?.paths) return options;
  return { baseUrl, paths: paths.length > 0 ? Object.fromEntries(paths) : (options?.paths ?? {}) };
}
