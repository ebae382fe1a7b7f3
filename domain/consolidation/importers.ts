/** Which files use the concept, and by which path. */
import { matchesModule } from "./concept";
import type { ImportFact } from "./facts";
import { starNames } from "./program/liveness";
import { folderOf } from "./program/module-paths";
import type { Meaning, SourceModule } from "./program/program";
import { factoryOf, judgeFunction } from "./roles/functions";
import { type Judging, madeBy, productOf } from "./roles/judging";
import type { Compliance, ConceptReport, Importer, Role } from "./types";

const USED: ReadonlySet<Role> = new Set([
  "canonical",
  "duplicate",
  "thin_subclass",
  "adapter",
  "proxy",
  "dormant",
  "stub",
  "factory",
]);

export function importersOf(judging: Judging): ConceptReport["importers"] {
  const canonical: Importer[] = [];
  const legacy: Importer[] = [];
  for (const module of judging.program.modules.values()) {
    if (module.kind === "backup" || !judging.concept.inScope(module.file)) continue;
    const found = { canonical: [] as Importer["imports"], legacy: [] as Importer["imports"] };
    const refs = Object.values(module.facts.uses).flat();
    for (const imported of module.facts.imports) {
      const path = pathOf(judging, module, imported, refs);
      if (!path) continue;
      const name = imported.name ?? imported.local ?? "";
      found[path].push({ line: imported.line, module: imported.module, name });
    }
    if (found.canonical.length > 0) canonical.push({ file: module.file, imports: found.canonical });
    if (found.legacy.length > 0) legacy.push({ file: module.file, imports: found.legacy });
  }
  return { canonical: byFile(canonical), legacy: byFile(legacy) };
}

const byFile = (importers: Importer[]): Importer[] => importers.sort((a, b) => (a.file < b.file ? -1 : 1));

/** Files that use only the canonical path ÷ all that use the concept. */
export function complianceOf({ canonical, legacy }: ConceptReport["importers"]): Compliance {
  const other = new Set(legacy.map((importer) => importer.file));
  const only = canonical.filter((importer) => !other.has(importer.file)).length;
  const total = only + other.size;
  return { canonical: only, total, ratio: total === 0 ? null : only / total };
}

/** `refs`: everything that the file uses. */
function pathOf(
  judging: Judging,
  { file }: SourceModule,
  imported: ImportFact,
  refs: readonly string[],
): "canonical" | "legacy" | null {
  const { program, concept } = judging;
  const canonical = judging.canonical ?? judging.canonicalFunction;
  const target = program.importedModule(file, imported.module);
  const direct = target.kind === "file" ? target.file : null;
  const below = imported.name === null ? null : program.resolveImport(file, imported);
  const named = below?.kind === "module" ? below.file : direct;
  const module = absolute(file, imported.module);
  const whole = imported.name && below?.kind === "module" ? `${module}.${imported.name}` : module;
  if (matchesModule(concept.legacyImports, whole, named)) return "legacy";
  const isWhole = imported.name === null || below?.kind === "module";
  const uses = isWhole ? usedInside(judging, file, refs, imported) : usedThrough(judging, file, imported, below);
  if (uses.length === 0) {
    return isWhole && canonical !== null && named === canonical.file && named !== file ? "canonical" : null;
  }
  const allowed = named !== null && canonical !== null && (named === canonical.file || isAbove(named, canonical.file));
  const listed = matchesModule(concept.canonicalImports, whole, named) !== null;
  const reachesCanonical = canonical !== null && uses.every((one) => one === canonical.file);
  return (allowed || listed) && reachesCanonical ? "canonical" : "legacy";
}

/** The package or barrel that a file lies in. */
const isAbove = (barrel: string, file: string): boolean =>
  /(^|\/)(__init__\.pyi?|index\.(m|c)?[jt]sx?)$/.test(barrel) &&
  (folderOf(barrel) === "" || file.startsWith(`${folderOf(barrel)}/`));

/** Files of the classes that an import brings, or that what it brings makes. */
function usedThrough(judging: Judging, file: string, imported: ImportFact, meaning: Meaning | null): string[] {
  if (imported.name === "*") {
    return [...starNames(judging.program, file, imported).values()].flatMap((one) => definedIn(judging, one));
  }
  return meaning ? definedIn(judging, meaning) : [];
}

/** The same for an import of a whole module: what the file asks of it by a dot. */
function usedInside(judging: Judging, file: string, refs: readonly string[], imported: ImportFact): string[] {
  const { module, name, local } = imported;
  if (local === null) return [];
  const root = name === null && module.startsWith(`${local}.`) ? module : local;
  const asked = new Set<string>();
  for (const ref of refs) {
    if (!ref.startsWith(`${root}.`)) continue;
    const parts = ref.split(".");
    for (let end = root.split(".").length + 1; end <= parts.length; end += 1) asked.add(parts.slice(0, end).join("."));
  }
  return [...asked].flatMap((ref) => definedIn(judging, judging.program.resolve(file, ref)));
}

const known = new WeakMap<Judging, WeakMap<object, string[]>>();

/** Files of the classes in use that a name brings or makes; to be asked when every class has its role. */
export function definedIn(judging: Judging, meaning: Meaning): string[] {
  const ofJudging = known.get(judging) ?? new WeakMap<object, string[]>();
  known.set(judging, ofJudging);
  const what = "fact" in meaning ? meaning.fact : meaning;
  const found = ofJudging.get(what) ?? findDefinedIn(judging, meaning);
  ofJudging.set(what, found);
  return found;
}

function findDefinedIn(judging: Judging, meaning: Meaning): string[] {
  if (meaning.kind === "class") return isUsed(judging, meaning) ? [meaning.file] : [];
  if (meaning.kind === "function") {
    if (!judging.concept.inScope(meaning.file) || meaning.fact.scope.length > 0) return [];
    const role = judgeFunction(judging, meaning.file, meaning.fact)?.role;
    if (role !== undefined && role !== "factory") return USED.has(role) ? [meaning.file] : [];
    const made = factoryOf(judging, meaning.file, meaning.fact) ? madeBy(judging, meaning.file, meaning.fact) : null;
    return made && isUsed(judging, made.at) ? [made.at.file] : [];
  }
  if (meaning.kind !== "instance" || !judging.concept.inScope(meaning.file)) return [];
  const made = productOf(judging, meaning.file, meaning.callee);
  return made && isUsed(judging, made) ? [made.file] : [];
}

const isUsed = (judging: Judging, at: Parameters<Judging["isRouter"]>[0]): boolean =>
  judging.isRouter(at) && USED.has(judging.verdict(at).role);

/** A relative Python import as its full module name. */
export function absolute(file: string, module: string): string {
  const dots = /^\.+/.exec(module)?.[0].length ?? 0;
  if (dots === 0 || !/\.pyi?$/.test(file)) return module;
  const parts = file.split("/").slice(0, -dots);
  return [...parts, ...module.slice(dots).split(".").filter(Boolean)].join(".");
}
