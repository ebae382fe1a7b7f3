/** All files of a checkout together: which name in which file means what. */
import type { BindingFact, ClassFact, FunctionFact, ImportFact, ModuleFacts } from "../facts";
import { indexOf, type ModuleIndex } from "./module-index";
import type { ModuleTarget, PathAliases, Workspace } from "./module-paths";
import { pythonPaths } from "./python-paths";
import { typeScriptPaths } from "./typescript-paths";

export interface SourceModule {
  file: string;
  kind: "source" | "test" | "backup";
  facts: ModuleFacts;
}

export interface Hop {
  file: string;
  line: number;
  name: string;
  kind: BindingFact["kind"];
}

/** What a name stands for in the end. */
export type Meaning =
  | { kind: "class"; file: string; fact: ClassFact; hops: Hop[] }
  | { kind: "function"; file: string; fact: FunctionFact; hops: Hop[] }
  /** What calling `callee` in `file` gave. */
  | { kind: "instance"; file: string; callee: string; line: number; hops: Hop[] }
  | { kind: "module"; file: string; hops: Hop[] }
  | { kind: "external"; name: string; hops: Hop[] }
  | { kind: "unknown"; hops: Hop[] };

export interface Program {
  modules: ReadonlyMap<string, SourceModule>;
  /** The file that an import statement names. */
  importedModule(file: string, module: string): ModuleTarget;
  /** `beforeLine`: only what is bound above it, as when a module runs from top to bottom. */
  resolve(file: string, ref: string, beforeLine?: number): Meaning;
  resolveImport(file: string, imported: ImportFact): Meaning;
  /** Everything that a name may be bound to, whichever branch ran. */
  alternatives(file: string, name: string): readonly BindingFact[];
}

const MAX_HOPS = 24;
const UNKNOWN: Meaning = { kind: "unknown", hops: [] };

/** `allFiles` also names files that could not be read: importing them is no fault. `links`: other names of files. */
export function createProgram(
  sources: readonly SourceModule[],
  allFiles: readonly string[],
  settings: { aliases: readonly PathAliases[]; workspaces: readonly Workspace[] },
  links: ReadonlyMap<string, string> = new Map(),
): Program {
  const modules = new Map(sources.map((source) => [source.file, source]));
  const python = pythonPaths(allFiles.filter((file) => /\.pyi?$/.test(file)));
  const typescript = typeScriptPaths(
    allFiles.filter((file) => !/\.pyi?$/.test(file)),
    settings.aliases,
    settings.workspaces,
  );

  const linked = <T extends ModuleTarget | null>(target: T): T =>
    target?.kind === "file" ? { ...target, file: links.get(target.file) ?? target.file } : target;

  const importedModule = (file: string, module: string): ModuleTarget =>
    linked(
      modules.get(file)?.facts.language === "python" ? python.resolve(file, module) : typescript.resolve(file, module),
    );

  const indexed = new Map<ModuleFacts, ModuleIndex>();
  function indexOfModule(facts: ModuleFacts): ModuleIndex {
    const found = indexed.get(facts) ?? indexOf(facts);
    indexed.set(facts, found);
    return found;
  }

  function named(file: string, name: string, depth: number, beforeLine?: number): Meaning {
    if (depth > MAX_HOPS) return UNKNOWN;
    const facts = modules.get(file)?.facts;
    if (!facts) return UNKNOWN;
    const index = indexOfModule(facts);
    let fallback: Meaning | null = null;
    for (const binding of index.alternatives(name, beforeLine)) {
      const meaning = bound(file, facts, binding, depth);
      if (meaning.kind !== "unknown" && meaning.kind !== "external") return meaning;
      fallback = fallback === null || fallback.kind === "unknown" ? meaning : fallback;
    }
    if (fallback) return fallback;
    const inside = index.inside.get(name);
    if (inside) return via(fromImport(file, inside, depth + 1), { file, line: inside.line, name, kind: "import" });
    if ((name.startsWith("_") && facts.language === "python") || name === "default") return UNKNOWN;
    for (const star of index.stars) {
      const target = importedModule(file, star.module);
      if (target.kind !== "file" || target.file === file || !passes(target.file, name)) continue;
      const meaning = named(target.file, name, depth + 1);
      if (meaning.kind !== "unknown") return via(meaning, { file, line: star.line, name, kind: "import" });
    }
    return UNKNOWN;
  }

  /** A star of an ES module brings what is exported there, and not what is only imported. */
  function passes(file: string, name: string): boolean {
    const facts = modules.get(file)?.facts;
    if (facts?.language !== "typescript" || facts.exported?.includes(name)) return true;
    return facts.imports.some((one) => one.reExport && one.name === "*");
  }

  function bound(file: string, facts: ModuleFacts, binding: BindingFact, depth: number): Meaning {
    const { line, name, kind, index, target } = binding;
    const hop: Hop = { file, line, name, kind };
    const fact = kind === "class" ? facts.classes[index] : undefined;
    if (fact) return { kind: "class", file, fact, hops: [hop] };
    const defined = kind === "function" ? facts.functions[index] : undefined;
    if (defined) return { kind: "function", file, fact: defined, hops: [hop] };
    const imported = kind === "import" ? facts.imports[index] : undefined;
    if (imported) return via(fromImport(file, imported, depth + 1), hop);
    if (kind === "alias" && target) {
      return via(dotted(file, target, depth + 1, facts.language === "python" ? line : undefined), hop);
    }
    if (kind === "call" && target) return { kind: "instance", file, callee: target, line, hops: [hop] };
    return { kind: "unknown", hops: [hop] };
  }

  const via = (meaning: Meaning, hop: Hop): Meaning => ({ ...meaning, hops: [hop, ...meaning.hops] });

  function inModule(target: ModuleTarget, name: string, depth: number): Meaning {
    if (target.kind === "external") return { kind: "external", name: `${target.name}.${name}`, hops: [] };
    if (target.kind === "missing") return UNKNOWN;
    const file = target.kind === "file" ? target.file : `${target.folder}/__init__.py`;
    const meaning = target.kind === "file" ? named(file, name, depth + 1) : UNKNOWN;
    if (meaning.kind !== "unknown" || meaning.hops.length > 0) return meaning;
    const below = linked(python.submodule(file, name));
    return below?.kind === "file" ? { kind: "module", file: below.file, hops: [] } : meaning;
  }

  function fromImport(file: string, imported: ImportFact, depth: number): Meaning {
    const target = importedModule(file, imported.module);
    if (imported.name !== null && imported.name !== "*") return inModule(target, imported.name, depth);
    const isTop = imported.local !== null && imported.module.startsWith(`${imported.local}.`);
    const whole = isTop && imported.local ? importedModule(file, imported.local) : target;
    if (whole.kind === "file") return { kind: "module", file: whole.file, hops: [] };
    if (whole.kind === "external") return { kind: "external", name: whole.name, hops: [] };
    return UNKNOWN;
  }

  function dotted(file: string, ref: string, depth: number, beforeLine?: number): Meaning {
    const [first = "", ...rest] = ref.split(".");
    const whole = rest.length > 0 ? byModulePath(file, ref, depth) : null;
    if (whole) return below(whole.meaning, whole.rest, depth);
    return below(named(file, first, depth, beforeLine), rest, depth);
  }

  /** What is reached from a meaning by the parts of a name after a dot. */
  function below(from: Meaning, rest: string[], depth: number): Meaning {
    let meaning = from;
    for (const part of rest) {
      if (meaning.kind === "external") meaning = { ...meaning, name: `${meaning.name}.${part}` };
      else if (meaning.kind === "module") {
        const { hops } = meaning;
        meaning = inModule({ kind: "file", file: meaning.file }, part, depth + 1);
        meaning = { ...meaning, hops: [...hops, ...meaning.hops] };
      } else if (meaning.kind === "class") meaning = inClass(meaning, part, depth + 1);
      else if (isNamespace(meaning.hops.at(-1))) meaning = inNamespace(meaning.hops, part, depth + 1);
      else return { kind: "unknown", hops: meaning.hops };
    }
    return meaning;
  }

  const isNamespace = (hop: Hop | undefined): boolean =>
    hop !== undefined && (modules.get(hop.file)?.facts.namespaces.includes(hop.name) ?? false);

  function inNamespace(hops: Hop[], part: string, depth: number): Meaning {
    const meaning = named(hops.at(-1)?.file ?? "", part, depth);
    return { ...meaning, hops: [...hops, ...meaning.hops] };
  }

  /** A class inside of a class, another name for one, or what needs no instance: `Registry.Router`, `Routers.create`. */
  function inClass({ file, fact, hops }: Extract<Meaning, { kind: "class" }>, part: string, depth: number): Meaning {
    const scope = [...fact.scope, fact.name].join(".");
    const inner = modules.get(file)?.facts.classes.find((one) => one.name === part && one.scope.join(".") === scope);
    if (inner) return { kind: "class", file, fact: inner, hops };
    const method = fact.methods.find(({ name, binding }) => name === part && /^(static|class)$/.test(binding));
    if (method) return { kind: "function", file, fact: method, hops };
    const member = fact.members.find(({ name }) => name === part);
    if (!member?.target || depth > MAX_HOPS) return { kind: "unknown", hops };
    return via(dotted(file, member.target, depth + 1), { file, line: member.line, name: part, kind: "alias" });
  }

  /** `import a.b.c` binds `a`; `a.b.c.Router` is looked up through the longest module path that was imported. */
  function byModulePath(file: string, ref: string, depth: number): { meaning: Meaning; rest: string[] } | null {
    const facts = modules.get(file)?.facts;
    const longest = facts && indexOfModule(facts).paths.find(({ module }) => ref.startsWith(`${module}.`));
    const local = longest?.module.split(".")[0];
    if (!longest || !local || longest.local !== local) return null;
    const [name = "", ...rest] = ref.slice(longest.module.length + 1).split(".");
    const meaning = inModule(importedModule(file, longest.module), name, depth + 1);
    return { meaning: via(meaning, { file, line: longest.line, name: local, kind: "import" }), rest };
  }

  const remembered = new Map<string, Map<string | ImportFact, Meaning>>();
  let learned = 0;
  /** Every question is asked many times. What was answered before the paths learned something is asked again. */
  function remember(file: string, asked: string | ImportFact, answer: () => Meaning): Meaning {
    if (learned !== python.learned()) remembered.clear();
    learned = python.learned();
    const ofFile = remembered.get(file) ?? new Map<string | ImportFact, Meaning>();
    remembered.set(file, ofFile);
    const known = ofFile.get(asked);
    if (known) return known;
    const meaning = answer();
    if (learned === python.learned()) ofFile.set(asked, meaning);
    return meaning;
  }

  return {
    modules,
    importedModule,
    alternatives(file, name) {
      const facts = modules.get(file)?.facts;
      return facts ? indexOfModule(facts).alternatives(name) : [];
    },
    resolve: (file, ref, beforeLine) =>
      remember(file, beforeLine === undefined ? ref : `${ref}:${beforeLine}`, () => dotted(file, ref, 0, beforeLine)),
    resolveImport: (file, imported) => remember(file, imported, () => fromImport(file, imported, 0)),
  };
}
