/** Which file an import means. A pure function of the list of files and the path settings found among them. */

export type ModuleTarget =
  | { kind: "file"; file: string }
  /** A folder of Python modules without `__init__.py`. */
  | { kind: "folder"; folder: string }
  | { kind: "external"; name: string }
  /** It should be in this checkout, and is not. */
  | { kind: "missing" };

export interface PathAliases {
  /** Folder of the tsconfig, "" for the root. */
  folder: string;
  /** Relative to the checkout; null where the file has none. */
  baseUrl: string | null;
  /** `@/*` → paths relative to the checkout. */
  paths: Record<string, string[]>;
}

export interface Workspace {
  /** Name in a package.json of the checkout, and its folder. */
  name: string;
  folder: string;
}

export const folderOf = (file: string): string => (file.includes("/") ? file.slice(0, file.lastIndexOf("/")) : "");
export const inFolder = (folder: string, path: string): string =>
  folder === "" ? path : path === "" ? folder : `${folder}/${path}`;

/** The folder itself, then each above it up to the root "". */
export function ancestors(folder: string): string[] {
  const found = [folder];
  for (let at = folder; at !== ""; ) {
    at = folderOf(at);
    found.push(at);
  }
  return found;
}

/** Resolves `.` and `..`; null where it leaves the checkout. */
export function normalPath(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join("/");
}
