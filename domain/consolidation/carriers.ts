/** By which names and files a concept is spoken of elsewhere: who uses it must write one of them. */
import type { ModuleFacts } from "./facts";
import { definedIn } from "./importers";
import { packagesAsked } from "./missing-modules";
import type { Program } from "./program/program";
import { type Found, usersOf } from "./report-concept";
import { isCandidate } from "./roles/create-judging";
import { lineage } from "./roles/hierarchy";
import type { Judging } from "./roles/judging";

export interface Carriers {
  names: string[];
  /** Where what nobody seems to import is defined: whatever else is imported from there may use it. */
  dormant: string[];
  /** Where it is defined, bound or passed on. */
  holding: string[];
  /** Methods that do the job. */
  jobs: string[];
  /** Files that hold, or lead to, the base of a class in question, and are not among the modules. */
  needs: string[];
}

export function carriersOf(judging: Judging, { symbols, importers }: Found): Carriers {
  const names = new Set<string>();
  const dormant = new Set<string>();
  const holding = new Set<string>();
  const needs = new Set(packagesAsked(judging, usersOf(symbols, importers)));
  for (const { name, file, role } of symbols) {
    if (role === "unrelated" || role === "test_double") continue;
    names.add(name);
    holding.add(file);
    if (role === "dormant") dormant.add(file);
  }
  for (const { file, facts } of judging.program.modules.values()) {
    for (const name of boundIn(facts)) {
      if (definedIn(judging, judging.program.resolve(file, name)).length === 0) continue;
      names.add(name);
      holding.add(file);
    }
    for (const fact of facts.classes) {
      if (!isCandidate(judging, { file, fact })) continue;
      for (const { file: holder, fact: one } of lineage(judging.program, { file, fact }))
        for (const ref of one.bases) for (const need of leadingTo(judging.program, holder, ref)) needs.add(need);
    }
  }
  return {
    names: [...names],
    dormant: [...dormant],
    holding: [...holding],
    jobs: [...judging.jobMethods],
    needs: [...needs],
  };
}

const boundIn = ({ bindings }: ModuleFacts): Set<string> =>
  new Set(bindings.filter(({ name }) => name !== "default").map(({ name }) => name));

/** Where to look for a name that is imported from a file of the tree which is no module of the program. */
function leadingTo(program: Program, file: string, ref: string): string[] {
  const meaning = program.resolve(file, ref);
  if (meaning.kind !== "unknown") return [];
  const parts = ref.split(".");
  const modules = parts.flatMap((_, index) => {
    const part = program.resolve(file, parts.slice(0, index + 1).join("."));
    return part.kind === "module" ? part.file : [];
  });
  const { file: last, name } = meaning.hops.at(-1) ?? { file, name: parts[0] ?? ref };
  const imports = program.modules.get(last)?.facts.imports ?? [];
  const targets = imports
    .filter(({ local, name: imported }) => local === name || imported === "*")
    .map(({ module }) => program.importedModule(last, module));
  const files = [...modules, ...targets.flatMap((target) => (target.kind === "file" ? target.file : []))];
  return files.filter((one) => !program.modules.has(one));
}
