/** A job that should have one implementation, as the config defines it. */
import { matchesName } from "./glob";
import type { Program } from "./program/program";

export interface Concept {
  id: string;
  /** `module.path:Name`, `path/file.py:Name` or `module.path.Name`; null where none was chosen yet. */
  canonical: string | null;
  /** Globs (`*`, `?`) of class and function names. */
  names: string[];
  /** Methods that do the job. */
  methods: string[];
  /** Names of base classes that mark the job. */
  bases: string[];
  /** Also finds registries of handlers with a dispatch method whatever they are called. */
  byStructure: boolean;
  /** Modules (`app.old.router`) or paths (`app/old/**`) that should not be imported any more. */
  legacyImports: string[];
  /** Further modules through which the canonical may be imported. */
  canonicalImports: string[];
  target: number;
  inScope(file: string): boolean;
}

const pascal = (name: string): string =>
  name
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");

const matched = new WeakMap<Concept, Map<string, string | null>>();

/** Which pattern a name fits; snake_case and camelCase names are also tried as ClassNames. */
export function matchingPattern(concept: Concept, name: string): string | null {
  const known = matched.get(concept) ?? new Map<string, string | null>();
  matched.set(concept, known);
  let found = known.get(name);
  if (found !== undefined) return found;
  found = concept.names.find((glob) => matchesName(glob, name) || matchesName(glob, pascal(name))) ?? null;
  known.set(name, found);
  return found;
}

/** `module` fits an entry if it is that module or lies below it; entries with a `/` are paths of files. */
export function matchesModule(entries: readonly string[], module: string, file: string | null): string | null {
  return (
    entries.find((entry) => {
      const path = entry.replace(/\/\*\*?$/, "");
      if (entry.includes("/")) {
        return file !== null && (file === path || file.startsWith(`${path}/`) || file.replace(/\.\w+$/, "") === path);
      }
      const asPath = entry.replaceAll(".", "/");
      const bare = file?.replace(/(\/__init__)?\.\w+$/, "");
      const named = module === entry || module.startsWith(`${entry}.`);
      return (
        named ||
        (bare !== undefined && (bare === asPath || bare.endsWith(`/${asPath}`) || bare.startsWith(`${asPath}/`)))
      );
    }) ?? null
  );
}

export interface CanonicalPlace {
  file: string;
  name: string;
}

/** Where the canonical symbol is defined; null where the config's words lead to nothing. */
export function findCanonical(program: Program, concept: Concept): CanonicalPlace | null {
  if (concept.canonical === null) return null;
  const [before = "", after] = concept.canonical.split(":");
  const dot = before.lastIndexOf(".");
  const module = after === undefined ? before.slice(0, dot) : before;
  const name = after ?? before.slice(dot + 1);
  const path = module.replaceAll(".", "/");
  for (const { file, facts } of program.modules.values()) {
    const bare = file.replace(/(\/__init__)?\.\w+$/, "");
    const fits = file === module || bare === module || bare === path || bare.endsWith(`/${path}`);
    if (!fits || !facts.bindings.some((binding) => binding.name === name)) continue;
    const meaning = program.resolve(file, name);
    if (meaning.kind === "class" || meaning.kind === "function") return { file: meaning.file, name: meaning.fact.name };
  }
  return null;
}
