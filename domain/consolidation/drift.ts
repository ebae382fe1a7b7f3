/** The same job under other names, arities or return types, and calls that do not fit what they call. */
import type { FunctionFact, Param } from "./facts";
import { allMethods, type ClassAt, isPublic } from "./roles/hierarchy";
import type { Judging } from "./roles/judging";
import type { Drift, DriftKind, Reason, Role } from "./types";

const COMPARED: ReadonlySet<Role> = new Set(["duplicate", "adapter", "thin_subclass", "dormant", "proxy"]);

export function interfaceDriftOf(judging: Judging, routers: ClassAt[]): Drift[] {
  const { canonical } = judging;
  if (!canonical) return [];
  return routers.flatMap((at) => (COMPARED.has(judging.verdict(at).role) ? compare(judging, canonical, at) : []));
}

function compare(judging: Judging, canonical: ClassAt, at: ClassAt): Drift[] {
  const expected = allMethods(judging.program, canonical);
  const actual = allMethods(judging.program, at);
  const catchesAll = actual.has("__getattr__");
  const found: Drift[] = [];
  for (const [name, { method, at: holder }] of expected) {
    if (!isPublic(name) || method.binding === "property") continue;
    const against: Reason = { file: holder.file, line: method.line, text: signature(method) };
    const own = actual.get(name);
    if (own) {
      if (own.at.fact === at.fact && own.at.fact !== holder.fact)
        found.push(...differences(at, own.at.file, own.method, method, against));
      continue;
    }
    if (catchesAll || !judging.jobMethods.has(name) || judging.verdict(at).role === "thin_subclass") continue;
    const other = counterpart(judging, at, canonical, method);
    const place = {
      file: at.file,
      line: other?.line ?? at.fact.line,
      name: at.fact.name,
      method: other?.name ?? name,
      against,
    };
    found.push(
      other
        ? { ...place, kind: "method_name", text: `does by ${signature(other)} what the canonical does by ${name}()` }
        : { ...place, kind: "missing_method", text: `has no ${name}()` },
    );
    if (other) found.push(...differences(at, at.file, other, method, against));
  }
  return found;
}

/** The method that does the same part of the job under another name. */
function counterpart(judging: Judging, at: ClassAt, canonical: ClassAt, method: FunctionFact): FunctionFact | null {
  const theirs = judging.evidence(canonical);
  const own = judging.evidence(at);
  const handingOn = at.fact.methods.find(
    ({ name, body }) => isPublic(name) && body.delegations.some((to) => to.method === method.name),
  );
  if (handingOn) return handingOn;
  if (theirs.dispatching?.name === method.name) return own.dispatching;
  return theirs.registering?.name === method.name ? own.registering : null;
}

function differences(at: ClassAt, file: string, own: FunctionFact, expected: FunctionFact, against: Reason): Drift[] {
  const drift = (kind: DriftKind, text: string): Drift => ({
    file,
    line: own.line,
    name: at.fact.name,
    method: own.name,
    kind,
    text,
    against,
  });
  const found: Drift[] = [];
  const [a, b] = [arity(own.params), arity(expected.params)];
  // What hands on whatever it is given takes what the other takes.
  const handsOn = a.most === null && own.body.forward?.bare === true;
  if (!handsOn && (a.needed !== b.needed || a.most !== b.most)) {
    found.push(drift("arity", `${signature(own)} takes ${inWords(a)}, the canonical ${inWords(b)}`));
  }
  const awaitable = own.body.forward !== null || /^(Promise|Awaitable|Coroutine|Future)\b/.test(own.returns ?? "");
  if (own.async !== expected.async && !awaitable)
    found.push(
      drift("async", `is ${own.async ? "async" : "sync"}, the canonical is ${expected.async ? "async" : "sync"}`),
    );
  if (own.returns && expected.returns && plain(own.returns) !== plain(expected.returns)) {
    found.push(drift("return_type", `returns ${own.returns}, the canonical ${expected.returns}`));
  }
  return found;
}

const plain = (type: string): string => type.replace(/["'\s]/g, "").replace(/^Promise<(.*)>$/, "$1");

export interface Arity {
  needed: number;
  /** Null: any number. */
  most: number | null;
}

export function arity(params: Param[]): Arity {
  const positional = params.filter((param) => param.kind === "positional");
  const keywords = params.filter((param) => param.kind === "keyword" && !param.optional).length;
  const most = params.some((param) => param.kind === "rest" || param.kind === "keywordRest")
    ? null
    : positional.length + params.filter((param) => param.kind === "keyword").length;
  return { needed: positional.filter((param) => !param.optional).length + keywords, most };
}

export const inWords = ({ needed, most }: Arity): string =>
  most === null ? `at least ${needed}` : most === needed ? String(needed) : `${needed} to ${most}`;

export const signature = ({ name, params, async }: FunctionFact): string =>
  `${async ? "async " : ""}${name}(${params.map(({ name: param, kind }) => ({ rest: "*", keywordRest: "**", positional: "", keyword: "" })[kind] + param).join(", ")})`;
