/**
 * What is reached from outside its own file: every import counts, also one from a test; inside a file a definition counts
 * when something that is reached uses it. Statements at the top of a module always run.
 */
import type { ImportFact, ModuleFacts } from "../facts";
import type { Meaning, Program } from "./program";

export interface Liveness {
  isLive(file: string, name: string, line: number): boolean;
  /** Other files import `name` from `file`, which only imports it itself. */
  isImportedThrough(file: string, name: string): boolean;
}

export function livenessOf(program: Program): Liveness {
  const live = new Set<string>();
  const through = new Set<string>();
  const expanded = new Set<string>();
  const made = new Set<string>();
  const reached = new Set<Meaning>();
  const queue: { file: string; name: string }[] = [];

  const reach = (meaning: Meaning): void => {
    if (reached.has(meaning)) return;
    reached.add(meaning);
    for (const hop of meaning.hops) queue.push({ file: hop.file, name: hop.name });
    if (meaning.kind === "class" || meaning.kind === "function") {
      live.add(`${meaning.file}:${meaning.fact.name}:${meaning.fact.line}`);
      queue.push({ file: meaning.file, name: meaning.fact.name });
    }
    if (meaning.kind !== "instance") return;
    const key = `${meaning.file}\0${meaning.callee}\0${meaning.line}`;
    if (made.has(key)) return;
    made.add(key);
    reach(program.resolve(meaning.file, meaning.callee));
  };

  const expand = (file: string, name: string): void => {
    const facts = program.modules.get(file)?.facts;
    if (!facts || expanded.has(`${file}\0${name}`)) return;
    expanded.add(`${file}\0${name}`);
    for (const binding of program.alternatives(file, name)) {
      const fact = binding.kind === "class" ? facts.classes[binding.index] : undefined;
      if (!fact) continue;
      live.add(`${file}:${fact.name}:${fact.line}`);
      for (const base of fact.bases)
        reach(program.resolve(file, base, facts.language === "python" ? fact.line : undefined));
    }
    for (const ref of usesOf(facts, name)) reach(program.resolve(file, ref));
  };

  for (const { file, kind, facts } of program.modules.values()) {
    if (kind === "backup") continue;
    for (const imported of facts.imports) {
      if (imported.name === "*") for (const meaning of everythingOf(program, file, imported)) reach(meaning);
      const meaning = program.resolveImport(file, imported);
      reach(meaning);
      for (const hop of meaning.hops) {
        if (hop.kind !== "import") break;
        through.add(`${hop.file}\0${hop.name}`);
      }
    }
    for (const ref of usesOf(facts, "")) reach(program.resolve(file, ref));
    for (const ref of new Set(Object.values(facts.uses).flat())) {
      if (!ref.includes(".")) continue;
      const meaning = program.resolve(file, ref);
      if (meaning.hops[0]?.kind === "import") reach(meaning);
    }
  }
  for (let next = queue.pop(); next; next = queue.pop()) expand(next.file, next.name);

  return {
    isLive: (file, name, line) => live.has(`${file}:${name}:${line}`),
    isImportedThrough: (file, name) => through.has(`${file}\0${name}`),
  };
}

/** A definition may be called `constructor`. */
const usesOf = (facts: ModuleFacts, name: string): string[] =>
  Object.hasOwn(facts.uses, name) ? (facts.uses[name] ?? []) : [];

/** What `from module import *` brings. */
export function everythingOf(program: Program, file: string, star: ImportFact): Meaning[] {
  return [...starNames(program, file, star)].map(([, meaning]) => meaning);
}

export function starNames(
  program: Program,
  file: string,
  star: ImportFact,
  seen = new Set([file]),
): Map<string, Meaning> {
  const target = program.importedModule(file, star.module);
  const facts = target.kind === "file" ? program.modules.get(target.file)?.facts : undefined;
  const found = new Map<string, Meaning>();
  if (!facts || target.kind !== "file" || seen.has(target.file)) return found;
  seen.add(target.file);
  const python = facts.language === "python";
  const listed = python ? facts.exported : (facts.exported ?? []);
  for (const name of new Set(facts.bindings.map((binding) => binding.name))) {
    const offered = name !== "default" && (listed ? listed.includes(name) : !name.startsWith("_"));
    if (offered) found.set(name, program.resolve(target.file, name));
  }
  for (const further of facts.imports) {
    if (further.name !== "*" || !further.reExport) continue;
    for (const [name, meaning] of starNames(program, target.file, further, seen))
      if (!found.has(name) && (!python || !listed || listed.includes(name))) found.set(name, meaning);
  }
  return found;
}
