/** The role of one class, by the first rule that fits. */
import { matchesModule, matchingPattern } from "../concept";
import type { Reason } from "../types";
import { judgeDelegation } from "./delegation";
import { judgeDouble } from "./doubles";
import { nameReason } from "./evidence";
import { basesOf, type ClassAt, keyOf, offered } from "./hierarchy";
import { judgeInterface, judgeStub, judgeSubclass, routerAbove } from "./inheritance";
import { type Judging, madeBy, type Verdict, verdictOf } from "./judging";
import { httpReason, otherJobReason, testClassReason } from "./no-router";

export function judgeClass(judging: Judging, self: ClassAt): Verdict {
  const { file, fact } = self;
  const named = nameReason(file, fact.line, fact.name, judging.concept);
  const verdict = rules(judging, self);
  const notes = [...shadowed(judging, self), ...twice(self), ...around(self)];
  return { ...verdict, reasons: [...verdict.reasons, ...(named ? [named] : []), ...notes] };
}

function rules(judging: Judging, self: ClassAt): Verdict {
  const { file, fact } = self;
  const kind = judging.program.modules.get(file)?.kind ?? "source";
  const here = (text: string, line = fact.line): Reason => ({ file, line, text });
  const bases = basesOf(judging.program, self);
  const test = testClassReason(file, fact, bases);
  if (kind === "backup") return verdictOf("backup_copy", [here("stands in a backup copy")]);
  if (judging.canonical && keyOf(judging.canonical) === keyOf(self)) {
    return verdictOf("canonical", [here("is the canonical symbol of the config"), ...judging.evidence(self).reasons]);
  }
  if (test) return verdictOf("unrelated", [test]);
  const http = httpReason(file, fact, bases);
  if (http) return verdictOf("unrelated", [http]);
  const evidence = judging.evidence(self);
  const double = judgeDouble(judging, self, bases, kind);
  if (double) return double;
  const declared = judgeInterface(judging, self);
  if (declared) return declared;
  const stub = bases.some(({ ref }) => /Error$|Exception$|Enum$/.test(ref)) ? null : judgeStub(judging, self);
  if (stub) return stub;
  const delegation = judgeDelegation(judging, self);
  if (delegation) return delegation;
  const base = routerAbove(judging, self);
  if (base) return judgeSubclass(judging, self, base);
  const other = otherJobReason(
    file,
    fact,
    bases,
    evidence.registering !== null,
    matchingPattern(judging.concept, fact.name),
  );
  if (other) return verdictOf("unrelated", [other]);
  const swapped = swapReason(judging, self);
  if (swapped) return verdictOf("adapter", swapped);
  const factory = factoryReason(judging, self);
  if (factory && !evidence.registry) return verdictOf("factory", [factory]);
  const hinted = bases.find(({ ref }) => judging.concept.bases.includes(ref.split(".").at(-1) ?? ref));
  if (evidence.reasons.length === 0 && !hinted) return verdictOf("unrelated", [nothingFound(judging, self)]);
  const reasons = hinted ? [here(`derives from ${hinted.ref}`), ...evidence.reasons] : evidence.reasons;
  return livesOrSleeps(judging, self, reasons);
}

function livesOrSleeps(judging: Judging, { file, fact }: ClassAt, reasons: Reason[]): Verdict {
  const outer = fact.scope[0];
  const facts = judging.program.modules.get(file)?.facts;
  const holder = outer ? facts?.functions.find(({ name, scope }) => name === outer && scope.length === 0) : undefined;
  const holderClass = outer
    ? facts?.classes.find(({ name, scope }) => name === outer && scope.length === 0)
    : undefined;
  const top = holder ?? holderClass ?? fact;
  const legacy = matchesModule(judging.concept.legacyImports, file, file);
  if (legacy) reasons.push({ file, line: fact.line, text: `stands in ${legacy}, a legacy path of the config` });
  if (judging.liveness.isLive(file, top.name, top.line)) return verdictOf("duplicate", reasons);
  const text = `full body, but nothing imports it${outer ? ` or calls ${outer}()` : ""}`;
  return verdictOf("dormant", [{ file, line: fact.line, text }, ...reasons]);
}

function nothingFound(judging: Judging, { file, fact }: ClassAt): Reason {
  const methods = offered(fact);
  const known = methods.find(({ name }) => judging.jobMethods.has(name));
  const has =
    methods.length === 0
      ? "no public methods"
      : methods
          .slice(0, 5)
          .map(({ name }) => `${name}()`)
          .join(", ");
  const text = known
    ? `keeps no handlers and dispatches no messages; of the job it has only the name ${known.name}()`
    : `keeps no handlers, dispatches no messages and has none of the job's methods: ${has}`;
  return { file, line: known?.line ?? fact.line, text };
}

/** Its `__new__` makes another router and gives it this class. */
function swapReason(judging: Judging, { file, fact }: ClassAt): Reason[] | null {
  const making = fact.methods.find((method) => method.body.setsClass !== null);
  const made = making && madeBy(judging, file, making);
  if (!making?.body.setsClass || !made || made.at.fact === fact || !judging.isRouter(made.at)) return null;
  return [
    {
      file,
      line: made.line,
      text: `${making.name}() makes ${made.at.fact.name} (${made.at.file}:${made.at.fact.line})`,
    },
    { file, line: making.body.setsClass.line, text: "and gives it this class by __class__" },
  ];
}

/** A class whose methods, or whose `__new__`, make routers. */
function factoryReason(judging: Judging, { file, fact }: ClassAt): Reason | null {
  const making = fact.methods.filter((method) => method.name === "__new__");
  for (const method of [...offered(fact), ...making]) {
    const made = madeBy(judging, file, method);
    if (made && made.at.fact !== fact && judging.isRouter(made.at)) {
      return { file, line: made.line, text: `${method.name}() makes ${made.at.fact.name}` };
    }
  }
  return null;
}

/** Names bound above that this definition replaces, and what replaces it below. */
function shadowed(judging: Judging, { file, fact }: ClassAt): Reason[] {
  if (fact.scope.length > 0) return [];
  const bindings = judging.program.modules.get(file)?.facts.bindings ?? [];
  return bindings.flatMap((binding): Reason[] => {
    if (binding.name !== fact.name || binding.line === fact.line || binding.branch || fact.branch) return [];
    const what = binding.kind === "alias" ? `alias of ${binding.target}` : binding.kind;
    if (binding.line > fact.line)
      return [{ file, line: binding.line, text: `the name is bound again below (${what}): that one wins` }];
    return [{ file, line: binding.line, text: `the name was bound above (${what}): this later one wins` }];
  });
}

/** One method defined twice: the later wins. */
function twice({ file, fact }: ClassAt): Reason[] {
  const seen = new Map<string, number>();
  return fact.methods.flatMap((method): Reason[] => {
    const before = seen.get(method.name);
    if (method.abstract || method.decorators.some((name) => /(^|\.)overload$/.test(name))) return [];
    seen.set(method.name, method.line);
    if (before === undefined || method.decorators.length > 0 || method.binding === "property") return [];
    return [
      { file, line: method.line, text: `${method.name}() was defined in line ${before} already: the later one wins` },
    ];
  });
}

/** Where it stands, when not at the top of its module. */
function around({ file, fact }: ClassAt): Reason[] {
  const reasons: Reason[] = [];
  if (fact.scope.length > 0) reasons.push({ file, line: fact.line, text: `is defined inside ${fact.scope.join(".")}` });
  if (fact.branch?.arm === "except") {
    reasons.push({
      file,
      line: fact.branch.statement,
      text: "is a fallback: defined only when the import in try fails",
    });
  }
  return reasons;
}
