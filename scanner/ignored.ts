/** `.gitignore` files of a tree, each for its own folder and below. */
import ignore, { type Ignore } from "ignore";
import { ancestors, folderOf } from "@/domain/consolidation/program/module-paths";

export interface Ignored {
  add(folder: string, rules: string): void;
  /** `path` relative to the checkout; folders end with `/`. */
  has(path: string): boolean;
}

/** Deeper files are asked first, as git does: the nearest one that has a rule for the path decides. */
export function createIgnored(): Ignored {
  const byFolder = new Map<string, Ignore>();
  return {
    add(folder, rules) {
      byFolder.set(folder, ignore().add(rules));
    },
    has(path) {
      if (byFolder.size === 0) return false;
      for (const folder of ancestors(folderOf(path.replace(/\/$/, "")))) {
        const rules = byFolder.get(folder);
        if (!rules) continue;
        const answer = rules.test(folder === "" ? path : path.slice(folder.length + 1));
        if (answer.ignored) return true;
        if (answer.unignored) return false;
      }
      return false;
    },
  };
}
