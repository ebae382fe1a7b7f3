/** Calls that do not fit the signature they call. */
import { arity, inWords, signature } from "./drift";
import type { CallFact, FunctionFact } from "./facts";
import type { SourceModule } from "./program/program";
import { allMethods, basesOf, type ClassAt, lineage } from "./roles/hierarchy";
import { instanceOf, type Judging, productOf } from "./roles/judging";
import type { Drift } from "./types";

export function misfitsOf(judging: Judging): Drift[] {
  const found: Drift[] = [];
  for (const module of judging.program.modules.values()) {
    if (module.kind === "backup" || !judging.concept.inScope(module.file)) continue;
    for (const call of module.facts.calls) {
      const misfit = judge(judging, module, call);
      if (misfit) found.push(misfit);
    }
  }
  return found;
}

/** What every object has. */
const EVERYWHERE =
  /^(__\w+__|toString|toLocaleString|valueOf|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|constructor|mro)$/;

function judge(judging: Judging, { file, facts }: SourceModule, call: CallFact): Drift | null {
  const at = receiverOf(judging, file, call);
  if (!at || !judging.isRouter(at) || judging.verdict(at).role === "test_double") return null;
  const methods = allMethods(judging.program, at);
  const name = call.method ?? "__init__";
  const found = methods.get(name);
  const place = { kind: "call_site" as const, file, line: call.line, name: at.fact.name, method: name };
  if (!found) {
    if (
      call.method === null ||
      EVERYWHERE.test(call.method) ||
      !isClosed(judging, at, call.method) ||
      methods.has("__getattr__")
    )
      return null;
    return { ...place, text: `calls ${at.fact.name}.${name}(), which does not exist`, against: null };
  }
  const { method } = found;
  if (method.binding === "property" || (call.via === "direct" && call.method !== null && method.binding === "instance"))
    return null;
  const wrong = misfit(method, call, facts.language === "python");
  if (!wrong) return null;
  const called = call.method === null ? at.fact.name : `${at.fact.name}.${name}`;
  const against = { file: found.at.file, line: method.line, text: signature(method) };
  return { ...place, text: `calls ${called} ${wrong}`, against };
}

/** The class whose method is called, or that is made. */
function receiverOf(judging: Judging, file: string, { on, via, method }: CallFact): ClassAt | null {
  const meaning = judging.program.resolve(file, on);
  if (via === "direct" && method !== null && meaning.kind === "instance") return instanceOf(judging, file, on);
  if (via === "result") return meaning.kind === "function" ? productOf(judging, file, on) : null;
  return meaning.kind === "class" ? meaning : null;
}

/** Everything that an instance has is known: no base outside of the checkout, no such attribute. */
function isClosed(judging: Judging, at: ClassAt, name: string): boolean {
  const known = /^(object|ABC|Protocol|Generic|abc\.ABC|typing\.(Protocol|Generic))$/;
  return lineage(judging.program, at).every((one) => {
    const closed = basesOf(judging.program, one).every((base) => base.at !== null || known.test(base.ref));
    const has = [...one.fact.attributes, ...one.fact.members].some((attribute) => attribute.name === name);
    const decorated = one.fact.decorators.some(
      (name) => !/^(runtime_checkable|final|deprecated|dataclass|Injectable)\b/.test(name),
    );
    return closed && !has && !decorated;
  });
}

function misfit({ params, decorators }: FunctionFact, call: CallFact, keywords: boolean): string | null {
  if (call.spread || decorators.some((name) => !/^(staticmethod|classmethod|abstractmethod|override)$/.test(name)))
    return null;
  const { needed, most } = arity(params);
  const given = call.positional + call.keywords.length;
  const count = `with ${given} argument${given === 1 ? "" : "s"}, it takes ${inWords({ needed, most })}`;
  const places = params.filter((param) => param.kind === "positional").length;
  if (most !== null && given > most) return count;
  if (!params.some((param) => param.kind === "rest") && call.positional > places) return count;
  if (!keywords) return given < needed ? count : null;
  const taken = new Set(
    params
      .filter((param) => param.kind === "positional")
      .slice(0, call.positional)
      .map((param) => param.name),
  );
  const missing = params.find(
    ({ name, kind, optional }) =>
      !optional && (kind === "positional" || kind === "keyword") && !taken.has(name) && !call.keywords.includes(name),
  );
  if (missing) return `without ${missing.name}, which it needs`;
  const open = params.some((param) => param.kind === "keywordRest");
  const unknown = open ? undefined : call.keywords.find((name) => !params.some((param) => param.name === name));
  return unknown ? `with ${unknown}=, which it does not take` : null;
}
