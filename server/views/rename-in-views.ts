import type { Renaming } from "@/domain/erasure/rename-user";
import type { Database } from "@/server/storage/database";

interface Named {
  name: string;
  path: string;
  query: string;
}

/** Puts the other name wherever a view names the user: as a part of its path, as a value, as a word of its name. Pure. */
export function renameInView(view: Named, { from, to }: Renaming): Named {
  const renamed = (text: string) => (text === from ? to : text);
  const path = view.path
    .split("/")
    .map((part) => (decoded(part) === from ? encodeURIComponent(to) : part))
    .join("/");
  const query = new URLSearchParams(
    [...new URLSearchParams(view.query)].map(([name, value]) => [name, renamed(value)]),
  );
  const name = view.name
    .split(/(\s+)/)
    .map((word) => word.replace(from, (found) => (bare(word) === from ? to : found)))
    .join("");
  return { name, path, query: query.toString() };
}

/** A word without what stands around it in a sentence. */
function bare(word: string): string {
  return word.replace(/^[("'“‘]+|[)"'”’.,:;!?]+$/g, "").replace(/['’]s$/, "");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Renames a user in the saved views, which are few. */
export async function renameInViews({ prisma }: Database, renaming: Renaming): Promise<void> {
  for (const view of await prisma.savedView.findMany()) {
    const renamed = renameInView(view, renaming);
    if (renamed.name === view.name && renamed.path === view.path && renamed.query === view.query) continue;
    await prisma.savedView.update({ where: { id: view.id }, data: renamed });
  }
}
