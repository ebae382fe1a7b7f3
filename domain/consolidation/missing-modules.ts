/** Imports of modules that should be in this checkout and are not. */
import { matchesModule, matchingPattern } from "./concept";
import type { ImportFact } from "./facts";
import { absolute } from "./importers";
import type { Program } from "./program/program";
import type { Judging } from "./roles/judging";
import type { MissingModule } from "./types";

/** Those that concern the concept: in a file that uses it, or by their own name. */
export function missingModulesOf(judging: Judging, users: ReadonlySet<string>): MissingModule[] {
  const found: MissingModule[] = [];
  for (const { file, kind, facts } of judging.program.modules.values()) {
    if (kind === "backup" || !judging.concept.inScope(file)) continue;
    const seen = new Set<string>();
    for (const imported of facts.imports) {
      const missing = missingOf(judging.program, file, imported);
      if (missing === null || seen.has(`${imported.line}:${missing.module}`)) continue;
      if (!users.has(file) && !concerns(judging, absolute(file, missing.module), missing.name)) continue;
      seen.add(`${imported.line}:${missing.module}`);
      const what = missing.name && missing.name !== "*" ? `${missing.name} from ${missing.module}` : missing.module;
      const text = `imports ${what}, which is not in this checkout${imported.guarded ? "; an ImportError is caught" : ""}`;
      found.push({ file, line: imported.line, module: missing.module, text });
    }
  }
  return found.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

/** Packages that have to be read to know whether something is missing from them. */
export function packagesAsked(judging: Judging, users: ReadonlySet<string>): string[] {
  const { modules, importedModule } = judging.program;
  return [...modules.values()].flatMap(({ file, facts }) =>
    facts.imports.flatMap(({ module, name }) => {
      if (name === null || name === "*" || !(users.has(file) || concerns(judging, module, name))) return [];
      const target = importedModule(file, module);
      return target.kind === "file" && PACKAGE.test(target.file) && !modules.has(target.file) ? target.file : [];
    }),
  );
}

/** The module as the import names it, with the name that was wanted from it; null where it is there. */
function missingOf(
  program: Program,
  file: string,
  imported: ImportFact,
): { module: string; name: string | null } | null {
  const { module, name } = imported;
  const target = program.importedModule(file, module);
  if (target.kind === "missing") return { module, name };
  // `from package import module`: of what a package holds by itself nothing is named like that.
  if (name === null || !/^_?[a-z][a-z0-9_]*$/.test(name) || !/\.pyi?$/.test(file)) return null;
  if (target.kind === "folder" ? !module.startsWith(".") : target.kind !== "file" || !isClosed(program, target.file))
    return null;
  const meaning = program.resolveImport(file, imported);
  if (meaning.kind !== "unknown" || meaning.hops.length > 0) return null;
  return { module: module.endsWith(".") ? `${module}${name}` : `${module}.${name}`, name: null };
}

const PACKAGE = /(^|\/)__init__\.pyi?$/;

/** A package whose names are all in its text. */
function isClosed(program: Program, file: string): boolean {
  const facts = PACKAGE.test(file) ? program.modules.get(file)?.facts : undefined;
  return (
    facts !== undefined &&
    !facts.imports.some(({ name }) => name === "*") &&
    !facts.functions.some(({ name }) => name === "__getattr__")
  );
}

function concerns({ concept }: Judging, module: string, name: string | null): boolean {
  if (name !== null && matchingPattern(concept, name)) return true;
  const last = module.split(/[./]/).at(-1)?.replaceAll("-", "_") ?? "";
  return matchesModule(concept.legacyImports, module, null) !== null || matchingPattern(concept, last) !== null;
}
