/** Judges each class once; who derives from whom may go in circles. */
import { type Concept, findCanonical, matchingPattern } from "../concept";
import type { Liveness } from "../program/liveness";
import type { Program } from "../program/program";
import { type Evidence, evidenceOf } from "./evidence";
import { basesOf, type ClassAt, keyOf, lineage, offered } from "./hierarchy";
import { judgeClass } from "./judge-class";
import { type Judging, type Verdict, verdictOf } from "./judging";

export function createJudging(program: Program, concept: Concept, liveness: Liveness): Judging {
  const verdicts = new Map<string, Verdict>();
  const evidences = new Map<string, Evidence>();
  const underway = new Set<string>();
  const place = findCanonical(program, concept);
  const found = place ? program.resolve(place.file, place.name) : null;
  const canonical: ClassAt | null = found?.kind === "class" ? found : null;
  const canonicalFunction = found?.kind === "function" ? found : null;
  const jobMethods = new Set(concept.methods);
  if (canonical) {
    for (const at of lineage(program, canonical)) {
      const { dispatching, registering } = evidenceOf(at.file, at.fact, concept, new Set());
      for (const method of [dispatching, registering]) if (method) jobMethods.add(method.name);
    }
  }
  const shared = canonical ? new Set(offered(canonical.fact).map((method) => method.name)) : new Set<string>();

  const judging: Judging = {
    program,
    concept,
    liveness,
    canonical,
    canonicalFunction,
    jobMethods,
    evidence(at) {
      const known = evidences.get(keyOf(at));
      if (known) return known;
      const isCanonical = canonical !== null && keyOf(canonical) === keyOf(at);
      const evidence = evidenceOf(
        at.file,
        at.fact,
        concept,
        isCanonical ? new Set() : enoughShared(at, shared, jobMethods),
      );
      evidences.set(keyOf(at), evidence);
      return evidence;
    },
    verdict(at) {
      const key = keyOf(at);
      const known = verdicts.get(key);
      if (known) return known;
      if (underway.has(key)) return verdictOf("unrelated", []);
      underway.add(key);
      const verdict = judgeClass(judging, at);
      underway.delete(key);
      verdicts.set(key, verdict);
      return verdict;
    },
    isRouter: (at) => isCandidate(judging, at) && judging.verdict(at).role !== "unrelated",
  };
  return judging;
}

/** Methods shared with the canonical count when one of them does the job, or when there are two. */
function enoughShared({ fact }: ClassAt, shared: ReadonlySet<string>, job: ReadonlySet<string>): ReadonlySet<string> {
  const same = offered(fact).filter((method) => shared.has(method.name));
  return same.length >= 2 || same.some((method) => job.has(method.name)) ? shared : new Set();
}

/** Comes into question: by its name, its base, its structure, or because it derives from one that does the job. */
export function isCandidate(judging: Judging, at: ClassAt): boolean {
  if (comesUp(judging, at)) return true;
  const [, ...ancestors] = lineage(judging.program, at);
  return ancestors.some((one) => comesUp(judging, one) && judging.verdict(one).role !== "unrelated");
}

const asked = new WeakMap<Judging, WeakMap<ClassAt["fact"], boolean>>();

/** Each class is asked for at every call of one of its methods; the answer does not change. */
function comesUp(judging: Judging, at: ClassAt): boolean {
  const known = asked.get(judging) ?? new WeakMap<ClassAt["fact"], boolean>();
  asked.set(judging, known);
  const found = known.get(at.fact) ?? comesUpItself(judging, at);
  known.set(at.fact, found);
  return found;
}

function comesUpItself(judging: Judging, at: ClassAt): boolean {
  const { program, concept, canonical } = judging;
  if (canonical && keyOf(canonical) === keyOf(at)) return true;
  if (!concept.inScope(at.file)) return false;
  if (matchingPattern(concept, at.fact.name)) return true;
  if (at.fact.kind !== "class" && offered(at.fact).some(({ name }) => judging.jobMethods.has(name))) return true;
  if (basesOf(program, at).some(({ ref }) => concept.bases.includes(ref.split(".").at(-1) ?? ref))) return true;
  return concept.byStructure && at.fact.kind === "class" && judging.evidence(at).strong;
}
