/** Classes with what they inherit. */
import type { ClassFact, FunctionFact } from "../facts";
import type { Program } from "../program/program";

export interface ClassAt {
  file: string;
  fact: ClassFact;
}

export const keyOf = ({ file, fact }: { file: string; fact: { line: number; name: string } }): string =>
  `${file}:${fact.line}:${fact.name}`;

export interface Base {
  ref: string;
  /** Null where the base is not in this checkout. */
  at: ClassAt | null;
  /** Its full name where it comes from a library. */
  external: string | null;
}

interface Known {
  bases: WeakMap<ClassFact, Base[]>;
  lineages: WeakMap<ClassFact, ClassAt[]>;
}
/** A program does not change, so what was found once stays true. */
const known = new WeakMap<Program, Known>();

function knownOf(program: Program): Known {
  const found = known.get(program) ?? { bases: new WeakMap(), lineages: new WeakMap() };
  known.set(program, found);
  return found;
}

/** Direct bases, resolved where the class stands. */
export function basesOf(program: Program, at: ClassAt): Base[] {
  const { bases } = knownOf(program);
  const found = bases.get(at.fact) ?? resolveBases(program, at);
  bases.set(at.fact, found);
  return found;
}

function resolveBases(program: Program, { file, fact }: ClassAt): Base[] {
  const before =
    fact.scope.length === 0 && program.modules.get(file)?.facts.language === "python" ? fact.line : undefined;
  return fact.bases.map((ref) => {
    const meaning = localClass(program, file, fact, ref) ?? program.resolve(file, ref, before);
    if (meaning.kind === "class" && meaning.fact !== fact) return { ref, at: meaning, external: null };
    return { ref, at: null, external: meaning.kind === "external" ? meaning.name : null };
  });
}

/** A class in a function may derive from another one there. */
function localClass(program: Program, file: string, fact: ClassFact, ref: string) {
  if (fact.scope.length === 0) return null;
  const siblings = program.modules.get(file)?.facts.classes ?? [];
  const found = siblings.find((one) => one.name === ref && one !== fact && one.scope.join() === fact.scope.join());
  return found ? { kind: "class" as const, file, fact: found } : null;
}

/** The class, then its ancestors in this checkout, nearest first. */
export function lineage(program: Program, start: ClassAt): ClassAt[] {
  const { lineages } = knownOf(program);
  const found = lineages.get(start.fact) ?? climb(program, start);
  lineages.set(start.fact, found);
  return found;
}

function climb(program: Program, start: ClassAt): ClassAt[] {
  const found = new Map<string, ClassAt>();
  const queue = [start];
  for (let at = queue.shift(); at; at = queue.shift()) {
    if (found.has(keyOf(at))) continue;
    found.set(keyOf(at), at);
    queue.push(...basesOf(program, at).flatMap((base) => base.at ?? []));
  }
  return [...found.values()];
}

/** Own methods by name, also under the other names that the class gives them; the later of two definitions wins. */
export function ownMethods(fact: ClassFact): Map<string, FunctionFact> {
  const found = new Map(fact.methods.map((method) => [method.name, method]));
  for (const { name, target } of fact.members) {
    const method = target === null ? undefined : found.get(target);
    if (method && !found.has(name)) found.set(name, { ...method, name });
  }
  return found;
}

/** Methods with the inherited ones, each with the class that defines it. */
export function allMethods(program: Program, start: ClassAt): Map<string, { method: FunctionFact; at: ClassAt }> {
  const found = new Map<string, { method: FunctionFact; at: ClassAt }>();
  for (const at of lineage(program, start)) {
    for (const [name, method] of ownMethods(at.fact)) if (!found.has(name)) found.set(name, { method, at });
  }
  return found;
}

export const isPublic = (name: string): boolean => !name.startsWith("_") && !name.startsWith("#");

/** Public methods that an instance offers, its own only. */
export const offered = (fact: ClassFact): FunctionFact[] =>
  [...ownMethods(fact).values()].filter((method) => isPublic(method.name) && method.binding !== "property");
