/** Writes into a checkout that may be anybody's: never through a link that leads out of it. */
import { lstat, realpath, writeFile } from "node:fs/promises";
import { dirname, relative, resolve, sep } from "node:path";

/** Why nothing was written, else null. A path outside of the checkout is the caller's own choice. */
export async function writeInside(root: string, file: string, text: string, replace: boolean): Promise<string | null> {
  const path = resolve(file);
  const within = !relative(root, path).startsWith("..");
  try {
    const found = await lstat(path).catch(() => null);
    if (within && (found?.isSymbolicLink() || !(await isBelow(dirname(path), root))))
      return `${file} is a link: nothing is written through it`;
    await writeFile(path, text, { flag: replace ? "w" : "wx" });
    return null;
  } catch (error) {
    const there = error instanceof Error && "code" in error && error.code === "EEXIST";
    return there ? `${file} is there already; --force replaces it` : `${file} cannot be written`;
  }
}

async function isBelow(folder: string, root: string): Promise<boolean> {
  const [real, top] = await Promise.all([realpath(folder), realpath(root)]);
  return real === top || real.startsWith(top + sep);
}
