/** A tree of sources: a folder on disk, or a commit. */

export interface SourceTree {
  /** Source files and path settings, relative with `/`, sorted; ignored, vendored and generated ones left out. */
  files: SourceFile[];
  settings: string[];
  /** What was found and could not be read, with the reason. */
  unreadable: { file: string; reason: string }[];
  /** Folders that somebody else wrote or a tool made: nothing below them is read. */
  leftOut: string[];
  /** Every file that is not ignored, of whatever kind, outside of the folders that are left out. */
  paths: string[];
  /** Links to source files of the tree, by what they lead to: one file under two names. */
  links: ReadonlyMap<string, string>;
  read(paths: string[]): Promise<Map<string, Uint8Array>>;
}

export interface SourceFile {
  file: string;
  /** Content hash where the tree knows it without reading (a git blob), else null. */
  hash: string | null;
}

/** Files that say how imports are resolved. */
export const isSetting = (path: string): boolean => /(^|\/)((ts|js)config(\.[\w-]+)?\.json|package\.json)$/.test(path);
