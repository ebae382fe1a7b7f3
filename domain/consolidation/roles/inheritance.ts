/** Interfaces, tombstones and classes that derive from a router. */
import type { FunctionFact } from "../facts";
import type { Reason } from "../types";
import { isReal } from "./evidence";
import { basesOf, type ClassAt, isPublic, lineage, offered, ownMethods } from "./hierarchy";
import { isRouterRole, type Judging, type Verdict, verdictOf } from "./judging";

const NOT_IMPLEMENTED = /NotImplemented|not implemented|abstract/i;

/** Protocols, ABCs, TypeScript interfaces, and base classes that leave every method to others. */
export function judgeInterface(judging: Judging, { file, fact }: ClassAt): Verdict | null {
  const methods = offered(fact);
  const at = (line: number, text: string): Reason => ({ file, line, text });
  if (fact.kind === "interface") {
    return methods.length > 0
      ? verdictOf("interface", [at(fact.line, `declares ${names(methods)} and implements none`)])
      : verdictOf("unrelated", [at(fact.line, "declares fields and no methods")]);
  }
  const open = methods.filter((method) => method.abstract || leavesOpen(method));
  const [first] = open;
  if (!first) return null;
  if (methods.some((method) => method.abstract) && !judging.evidence({ file, fact }).registry) {
    const done = methods.filter((method) => isReal(method) && judging.jobMethods.has(method.name));
    if (fact.kind === "abstract" || done.length === 0) {
      return verdictOf("interface", [
        at(first.line, `${first.name}() is abstract: the job is left to those who derive from it`),
      ]);
    }
  }
  if (open.length === methods.length && hasHeirs(judging, { file, fact })) {
    return verdictOf("interface", [
      at(first.line, `every method (${names(methods)}) is left to those who derive from it`),
    ]);
  }
  return null;
}

const names = (methods: FunctionFact[]): string => methods.map((method) => `${method.name}()`).join(", ");

const leavesOpen = ({ body }: FunctionFact): boolean =>
  body.shape === "empty" || (body.shape === "raises" && NOT_IMPLEMENTED.test(body.raises ?? ""));

function hasHeirs(judging: Judging, self: ClassAt): boolean {
  for (const { file, kind, facts } of judging.program.modules.values()) {
    if (kind === "backup") continue;
    for (const fact of facts.classes) {
      if (fact !== self.fact && basesOf(judging.program, { file, fact }).some((base) => base.at?.fact === self.fact))
        return true;
    }
  }
  return false;
}

/** A tombstone: it cannot be made, or nothing in it does anything. */
export function judgeStub(judging: Judging, { file, fact }: ClassAt): Verdict | null {
  const methods = ownMethods(fact);
  const making = methods.get("__init__") ?? methods.get("__new__");
  if (making?.body.shape === "raises") {
    return verdictOf("stub", [
      { file, line: making.line, text: `making one raises ${making.body.raises}: a tombstone` },
    ]);
  }
  const all = offered(fact);
  const [first] = all;
  const dead = all.filter(({ body }) => body.shape === "raises" || body.shape === "empty");
  if (
    first &&
    dead.length === all.length &&
    all.some(({ body }) => body.shape === "raises") &&
    ![...methods.values()].some(({ name }) => name === "__getattr__")
  ) {
    return verdictOf("stub", [
      { file, line: first.line, text: `every method raises or does nothing, first ${first.name}()` },
    ]);
  }
  const derives = basesOf(judging.program, { file, fact }).some((base) => base.at !== null);
  const empty = all.length === dead.length && [...methods.values()].every(({ body }) => body.shape === "empty");
  if (empty && !derives && fact.attributes.length === 0) {
    return verdictOf("stub", [{ file, line: fact.line, text: "has no body: a placeholder" }]);
  }
  return null;
}

/** The nearest ancestor that is a router. */
export function routerAbove(judging: Judging, self: ClassAt): ClassAt | null {
  return (
    lineage(judging.program, self)
      .slice(1)
      .find((at) => judging.isRouter(at) && isRouterRole(judging.verdict(at).role)) ?? null
  );
}

/** What derives from a router: thin where the job stays with the base. */
export function judgeSubclass(judging: Judging, self: ClassAt, base: ClassAt): Verdict {
  const { file, fact } = self;
  const how = fact.bases.find((ref) => ref.split(".").at(-1) !== base.fact.name);
  const called = how && !fact.bases.includes(base.fact.name) ? `${how}, which is ${base.fact.name}` : base.fact.name;
  const reasons: Reason[] = [
    { file, line: fact.line, text: `derives from ${called} (${base.file}:${base.fact.line})` },
  ];
  const baseMethods = new Set(
    lineage(judging.program, self)
      .slice(1)
      .flatMap((at) => [...ownMethods(at.fact).keys()]),
  );
  const job = new Set([
    ...judging.jobMethods,
    ...[judging.evidence(base).dispatching?.name].flatMap((name) => name ?? []),
  ]);
  const own = [...ownMethods(fact).values()];
  const replaced = own.filter(
    (method) => baseMethods.has(method.name) && job.has(method.name) && isReal(method) && !asksSuper(method),
  );
  const evidence = judging.evidence(self);
  if (replaced.length > 0 || evidence.registry) {
    for (const method of replaced)
      reasons.push({ file, line: method.line, text: `${method.name}() replaces the base's with a body of its own` });
    return verdictOf("duplicate", [...reasons, ...evidence.reasons]);
  }
  const added = own.filter((method) => isPublic(method.name));
  const swap = own.find((method) => method.body.setsClass);
  if (swap?.body.setsClass) {
    reasons.push({
      file,
      line: swap.body.setsClass.line,
      text: `${swap.name}() gives an instance of the base this class by __class__`,
    });
  }
  const [first] = added;
  reasons.push(
    first
      ? { file, line: first.line, text: `adds or passes on ${names(added)}; the job stays with the base` }
      : {
          file,
          line: own[0]?.line ?? fact.line,
          text: own[0] ? `only ${own[0].name}() of its own; the job stays with the base` : "nothing of its own",
        },
  );
  return verdictOf("thin_subclass", reasons);
}

const asksSuper = ({ name, body }: FunctionFact): boolean =>
  body.delegations.some(({ to, method }) => to === "super" && method === name) || body.forward !== null;
