/** Proxies and adapters: classes that hold another router and let it do the work. */
import { matchingPattern } from "../concept";
import type { Delegation, FunctionFact } from "../facts";
import type { Reason } from "../types";
import { isReal } from "./evidence";
import { type ClassAt, keyOf, lineage, offered, ownMethods } from "./hierarchy";
import { instanceOf, type Judging, productOf, type Verdict, verdictOf } from "./judging";

interface Held {
  /** As it is spoken of: `self._canonical`, `get_router()`. */
  ref: string;
  at: ClassAt;
  line: number;
}

const ERROR_NAME = /error|fail|record|log|metric|stat|report|notify|reject/i;

/** Null where the class holds no router, or does the work itself. */
export function judgeDelegation(judging: Judging, self: ClassAt): Verdict | null {
  const made = judgeMadeProxy(judging, self);
  if (made) return made;
  const held = heldBy(judging, self);
  const [first] = held;
  if (!first) return judgeBlindProxy(judging, self);
  const { file, fact } = self;
  const methods = offered(fact).filter((method) => method.body.shape !== "empty" && method.body.shape !== "raises");
  const refs = new Map(held.map((one) => [one.ref, one]));
  const handedOn = methods.filter(
    (method) => method.body.delegations.some(({ to }) => refs.has(to)) || forwardsTo(method, refs),
  );
  const catchAll = [...ownMethods(fact).values()].find(
    (method) => /^__getattr(ibute)?__$/.test(method.name) && handsOnAll(method, refs),
  );
  const jobs = methods.filter((method) => judging.jobMethods.has(method.name));
  const mostly =
    handedOn.length > 0 &&
    (handedOn.length * 2 >= methods.length || (jobs.length > 0 && jobs.every((job) => handedOn.includes(job))));
  if (!catchAll && !mostly) return null;
  const reasons: Reason[] = [
    { file, line: first.line, text: `holds ${first.at.fact.name} (${first.at.file}) as ${first.ref}` },
  ];
  for (const method of handedOn)
    reasons.push({ file, line: lineOf(method, refs), text: `${method.name}() hands on to ${targetOf(method, refs)}` });
  if (catchAll)
    reasons.push({ file, line: catchAll.line, text: `${catchAll.name}() hands on everything else to ${first.ref}` });
  const fallback = fallbackOf(judging, self, handedOn, refs);
  if (fallback) return { ...fallback, reasons: [...reasons, ...fallback.reasons] };
  const plain = methods.every((method) => sameName(method, refs));
  if (plain)
    return verdictOf("proxy", [
      ...reasons,
      {
        file,
        line: fact.line,
        text: "every method hands on under its own name; it neither derives from it nor is an alias",
      },
    ]);
  const own = judging.evidence(self);
  if (own.registry && handedOn.length * 2 < methods.length) return null;
  const other = methods.find((method) => !sameName(method, refs));
  if (other) reasons.push({ file, line: other.line, text: `${other.name}() translates or adds something of its own` });
  return verdictOf("adapter", reasons);
}

/** Whoever makes one is given a `Proxy`: every call goes to what that is put around. */
function judgeMadeProxy(judging: Judging, { file, fact }: ClassAt): Verdict | null {
  const making = fact.methods.find(({ name }) => name === "__init__");
  const proxies = making?.body.proxies;
  if (!making || !proxies || proxies.ref === "self") return null;
  const held = fact.attributes.find(({ name }) => `self.${name}` === proxies.ref);
  const given = making.params.find(({ name }) => name === proxies.ref);
  const types = [...(held?.types ?? []), ...(given?.types ?? []), proxies.ref];
  const around = types.map((type) => productOf(judging, file, type) ?? instanceOf(judging, file, type));
  const router = around.find((at) => at && at.fact !== fact && judging.isRouter(at));
  const known = given !== undefined || held !== undefined;
  if (!router && !(known && matchingPattern(judging.concept, fact.name))) return null;
  const what = router ? `${router.fact.name} (${router.file}:${router.fact.line})` : proxies.ref;
  return verdictOf("proxy", [{ file, line: proxies.line, text: `making one gives a Proxy around ${what}` }]);
}

/** Holds something that nobody says the type of, and lets it do the job under the job's own names. */
function judgeBlindProxy(judging: Judging, { file, fact }: ClassAt): Verdict | null {
  const methods = offered(fact);
  const [first] = methods.filter(({ name }) => judging.jobMethods.has(name));
  const to = first?.body.forward?.to;
  const held = fact.attributes.find(({ name, types }) => types.length === 0 && to === `self.${name}`);
  const all = methods.every(
    ({ name, body }) => body.forward?.bare && body.forward.to === to && body.forward.method === name,
  );
  if (!first || !held || !all) return null;
  return verdictOf("proxy", [
    { file, line: held.line, text: `holds what it is given as ${to}` },
    ...methods.map(({ name, line }) => ({ file, line, text: `${name}() hands on to ${to}.${name}()` })),
  ]);
}

/** Attributes, accessors and singletons through which another router is reached. */
function heldBy(judging: Judging, self: ClassAt): Held[] {
  const { file, fact } = self;
  const own = new Set(lineage(judging.program, self).map(keyOf));
  const found: Held[] = [];
  const add = (ref: string, at: ClassAt | null, line: number) => {
    if (at && !own.has(keyOf(at)) && judging.isRouter(at) && !found.some((one) => one.ref === ref))
      found.push({ ref, at, line });
  };
  for (const { name, types, line } of fact.attributes) {
    for (const type of types) {
      const product = productOf(judging, file, type) ?? instanceOf(judging, file, type);
      add(`self.${name}`, product, line);
      add(`${fact.name}.${name}`, product, line);
    }
  }
  for (const method of fact.methods) {
    const gives = [...method.body.returnsCalls, ...method.body.returnsRefs];
    for (const { ref, line } of gives) {
      const product = productOf(judging, file, ref) ?? instanceOf(judging, file, ref);
      add(method.binding === "property" ? `self.${method.name}` : `self.${method.name}()`, product, line);
    }
  }
  for (const { body } of fact.methods) {
    for (const { to, line } of body.delegations) {
      if (/^(self|super)\b/.test(to)) continue;
      const made = /^([\w.]+)\(\)$/.exec(to)?.[1];
      add(to, made ? productOf(judging, file, made) : instanceOf(judging, file, to), line);
    }
  }
  return found;
}

type Refs = ReadonlyMap<string, Held>;

const forwardsTo = ({ body }: FunctionFact, refs: Refs): boolean => body.forward !== null && refs.has(body.forward.to);

const delegationsOf = (method: FunctionFact, refs: Refs): Delegation[] =>
  method.body.delegations.filter(({ to }) => refs.has(to));

const handsOnAll = (method: FunctionFact, refs: Refs): boolean =>
  forwardsTo(method, refs) || method.body.returnsCalls.some(({ ref }) => ref === "getattr");

const sameName = (method: FunctionFact, refs: Refs): boolean =>
  method.body.forward !== null &&
  forwardsTo(method, refs) &&
  method.body.forward.method === method.name &&
  method.body.forward.bare;

function targetOf(method: FunctionFact, refs: Refs): string {
  const [first] = delegationsOf(method, refs);
  const forward = method.body.forward;
  return first ? `${first.to}.${first.method}()` : forward ? `${forward.to}.${forward.method}()` : "it";
}

const lineOf = (method: FunctionFact, refs: Refs): number => delegationsOf(method, refs)[0]?.line ?? method.line;

/** Delegates in `try`, and goes on with the old implementation in `except`. */
function fallbackOf(judging: Judging, self: ClassAt, handedOn: FunctionFact[], refs: Refs): Verdict | null {
  const { file, fact } = self;
  for (const method of handedOn) {
    const tried = method.body.delegations.find(({ to, inTry, inCatch }) => refs.has(to) && inTry && !inCatch);
    const after = method.body.dispatches.find(({ line }) => tried !== undefined && line > tried.line);
    const fallback = method.body.fallback ?? (after ? { line: after.line, statements: 0 } : null);
    if (!tried || !fallback) continue;
    const reason = (text: string): Reason => ({ file, line: fallback.line, text });
    const caught = method.body.delegations.filter(({ inCatch }) => inCatch);
    const old = caught.map(({ to }) => refs.get(to)).find((held) => held && held.at !== refs.get(tried.to)?.at);
    const base = caught.some(({ to }) => to === "super") ? lineage(judging.program, self)[1] : undefined;
    const kept = old?.at ?? base;
    if (kept) {
      const text = `${method.name}() of ${fact.name} falls back to ${kept.fact.name} when the delegation fails`;
      return { role: "adapter", reasons: [reason(text)], inside: null, keeps: [{ at: kept, reason: reason(text) }] };
    }
    const own = caught.find(({ to, method: called }) => {
      const target =
        to === "self" && !ERROR_NAME.test(called) ? fact.methods.find((one) => one.name === called) : undefined;
      return target !== undefined && isReal(target);
    });
    const does = judging.evidence(self);
    if (!own && !does.registry && fallback.statements < 3) continue;
    const where = own ? `${own.method}()` : `${method.name}()`;
    const text = `keeps the old implementation alive: when the delegation fails, ${where} does the work itself`;
    return { role: "adapter", reasons: [reason(text)], inside: [reason(text), ...does.reasons], keeps: [] };
  }
  return null;
}
