/** What the rules of roles share. */
import type { Concept } from "../concept";
import type { FunctionFact } from "../facts";
import type { Liveness } from "../program/liveness";
import type { Meaning, Program } from "../program/program";
import type { Reason, Role } from "../types";
import type { Evidence } from "./evidence";
import type { ClassAt } from "./hierarchy";

export interface Verdict {
  role: Role;
  reasons: Reason[];
  /** An implementation that lives on inside of this class, beside the role. */
  inside: Reason[] | null;
  /** Classes that are kept alive by this one's `except`. */
  keeps: { at: ClassAt; reason: Reason }[];
}

export interface Judging {
  program: Program;
  concept: Concept;
  liveness: Liveness;
  canonical: ClassAt | null;
  /** Where the canonical is a function instead. */
  canonicalFunction: { file: string; fact: FunctionFact } | null;
  /** Methods of the canonical, or of the config, that do the job. */
  jobMethods: ReadonlySet<string>;
  evidence(at: ClassAt): Evidence;
  verdict(at: ClassAt): Verdict;
  /** Does the job, itself or through another: what can be wrapped, derived from or made. */
  isRouter(at: ClassAt): boolean;
}

export const verdictOf = (role: Role, reasons: Reason[]): Verdict => ({ role, reasons, inside: null, keeps: [] });

const ROUTERS: ReadonlySet<Role> = new Set([
  "canonical",
  "duplicate",
  "thin_subclass",
  "adapter",
  "proxy",
  "dormant",
  "stub",
  "backup_copy",
]);
export const isRouterRole = (role: Role): boolean => ROUTERS.has(role);

const MAX_DEPTH = 6;

/** The class that calling a ref gives: the class itself, or what a factory makes. */
export function productOf(judging: Judging, file: string, callee: string, depth = 0): ClassAt | null {
  return productOfMeaning(judging, judging.program.resolve(file, callee), depth);
}

/** The class of a name's value: `router` in `router = Router()`. */
export function instanceOf(judging: Judging, file: string, ref: string): ClassAt | null {
  const meaning = judging.program.resolve(file, ref);
  return meaning.kind === "instance" ? productOf(judging, meaning.file, meaning.callee, 1) : null;
}

export function productOfMeaning(judging: Judging, meaning: Meaning, depth = 0): ClassAt | null {
  if (depth > MAX_DEPTH) return null;
  if (meaning.kind === "class") return meaning;
  if (meaning.kind !== "function") return null;
  return madeBy(judging, meaning.file, meaning.fact, depth + 1)?.at ?? null;
}

export interface Made {
  at: ClassAt;
  line: number;
  text: string;
}

/** The class that a function gives instances of, and the line that shows it; one that does the job before any other. */
export function madeBy(judging: Judging, file: string, fact: FunctionFact, depth = 0): Made | null {
  if (depth > MAX_DEPTH) return null;
  const made = [...madeIn(judging, file, fact, depth)];
  const [first = null] = made;
  return made.length < 2 ? first : (made.find(({ at }) => judging.isRouter(at)) ?? first);
}

function* madeIn(
  judging: Judging,
  file: string,
  { name, body, returnTypes, line }: FunctionFact,
  depth: number,
): Generator<Made> {
  for (const { ref, line: at } of body.returnsCalls) {
    const inner = judging.program.modules
      .get(file)
      ?.facts.classes.find((fact) => fact.name === ref && fact.scope.at(-1) === name);
    const product = inner
      ? { file, fact: inner }
      : productOfMeaning(judging, judging.program.resolve(file, ref), depth + 1);
    if (product) yield { at: product, line: at, text: `returns ${ref}()` };
  }
  for (const { ref, line: at } of body.returnsRefs) {
    const meaning = judging.program.resolve(file, ref);
    const product = meaning.kind === "instance" ? productOf(judging, meaning.file, meaning.callee, depth + 1) : null;
    if (product) yield { at: product, line: at, text: `returns ${ref}, the one ${product.fact.name}` };
  }
  for (const type of returnTypes) {
    const meaning = judging.program.resolve(file, type);
    if (meaning.kind === "class") yield { at: meaning, line, text: `is declared to return ${type}` };
  }
}
