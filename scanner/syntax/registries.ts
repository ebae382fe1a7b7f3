/** Finds where a body looks a handler up and calls it, and where it puts handlers. */
import type { BodyFact, Dispatch } from "@/domain/consolidation/facts";
import {
  ASSIGNMENTS,
  assignmentOf,
  bare,
  CALLS,
  callOf,
  field,
  kids,
  line,
  memberOf,
  refOf,
  subscriptOf,
} from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";
import { findBranches } from "./type-branches";

interface Source {
  registry: string;
  by: Dispatch["by"];
}

interface Held {
  /** What was taken from a registry, by the name it was given. */
  taken: Map<string, Source>;
  /** Locals that are another name of a registry: `table = self._handlers`. */
  same: Map<string, string>;
}

const LOOKUPS = /^(get|pop|setdefault|at)$/;
const ASKING = /^(find|filter|findLast|some)$/;
const ITERATING = /^(values|items|entries|keys)$/;
const COPYING = /^(sorted|list|tuple|reversed|iter|enumerate|Array\.from|Object\.values|Object\.entries)$/;
const INVOKES =
  /^(_?handle|_?process|_?execute|run|call|apply|_?dispatch|invoke|_?route|on_?message|__call__|fn|callback|handler)/i;
const ASKS = /^(can|supports?|matches|match|accepts?|handles|should|is_?for|wants)/i;
const ADDS = /^(append|push|add|insert|unshift|set|update|extend|splice|register)$/;

const LOOPS = new Sought("for_statement", "for_in_statement", "for_in_clause");
const NAMES = new Sought("identifier", "shorthand_property_identifier_pattern");
const CLAUSES = new Sought("for_in_clause");
const COMPUTED = new Sought("interpolation");
const TELLING = new Sought(CALLS, ASSIGNMENTS, LOOPS, "named_expression", "return_statement");

/** Adds dispatches, registers and returnsFrom to the facts. Registries are named as written: `self.handlers`. */
export function findDispatches(body: SyntaxNode, params: string[], facts: BodyFact): void {
  const held: Held = { taken: new Map(), same: new Map() };
  const asked = new Set<string>();
  for (const node of body.all(TELLING)) {
    taint(node, held);
    const call = callOf(node);
    const member = call && memberOf(call.callee);
    if (member && ASKS.test(member.property)) asked.add(member.object.text);
    if (call && refOf(call.callee) === "isinstance" && held.taken.has(call.args[1]?.text ?? "")) asked.add(node.text);
    if (call) noteInvocation(node, held, facts, params);
    if (member && ADDS.test(member.property)) noteRegistering(member.object, node, facts);
    noteFilling(node, facts);
    if (node.type === "return_statement") {
      const source = sourceOf(kids(node)[0] ?? null, held);
      if (source) facts.returnsFrom.push(source.registry);
    }
  }
  if (asked.size > 0) for (const dispatch of facts.dispatches) if (dispatch.by === "fan_out") dispatch.by = "asking";
  facts.dispatches.push(...findBranches(body));
}

/** What was taken from where: `h = self.handlers.get(t)`, `for h in self.chain`. */
function taint(node: SyntaxNode, held: Held): void {
  const assigned = assignmentOf(node) ?? walrusOf(node);
  const source = assigned?.right && sourceOf(assigned.right, held);
  if (assigned && source) hold(assigned.left, source, held);
  const whole = assigned?.left.type === "identifier" ? refOf(assigned.right) : null;
  if (assigned && whole?.startsWith("self.")) held.same.set(assigned.left.text, whole);
  const loops = LOOPS.has(node.type);
  const right = loops ? field(node, "right") : null;
  const left = loops ? field(node, "left") : null;
  const iterated = right && (sourceOf(right, held) ?? wholeOf(right, held));
  if (left && iterated) hold(left, iterated, held);
  const call = callOf(node);
  const member = call && memberOf(call.callee);
  if (member && /^(forEach|map)$/.test(member.property)) {
    const whole = wholeOf(member.object, held) ?? sourceOf(member.object, held);
    const callback = call.args[0];
    const parameter =
      (callback ? field(callback, "parameter") : null) ?? (callback ? field(callback, "parameters") : null);
    if (whole && parameter) hold(parameter, { registry: whole.registry, by: "fan_out" }, held);
  }
}

function walrusOf(node: SyntaxNode): { left: SyntaxNode; right: SyntaxNode | null } | null {
  const left = node.type === "named_expression" ? field(node, "name") : null;
  return left ? { left, right: field(node, "value") } : null;
}

const fullName = (registry: string, { same }: Held): string => same.get(registry) ?? registry;

function hold(left: SyntaxNode, source: Source, held: Held): void {
  for (const name of left.all(NAMES)) held.taken.set(name.text, source);
}

function wholeOf(node: SyntaxNode, held: Held): Source | null {
  const inner = bare(node);
  const ref = refOf(inner);
  if (ref) return { registry: fullName(ref, held), by: "fan_out" };
  const call = callOf(inner);
  if (!call) return null;
  const called = refOf(call.callee) ?? "";
  if (COPYING.test(called) && call.args[0]) return wholeOf(call.args[0], held);
  const member = memberOf(call.callee);
  return member && ITERATING.test(member.property) ? wholeOf(member.object, held) : null;
}

/** The registry that an expression takes one thing from. */
function sourceOf(node: SyntaxNode | null, held: Held): Source | null {
  if (!node) return null;
  const inner = bare(node);
  const known = held.taken.get(inner.text);
  if (known) return known;
  const subscript = subscriptOf(inner);
  if (subscript) {
    const registry = refOf(subscript.object);
    return registry && !/^(string|integer|number|slice)$/.test(subscript.index.type)
      ? { registry: fullName(registry, held), by: "key" }
      : null;
  }
  if (/^(boolean_operator|binary_expression|conditional_expression|ternary_expression)$/.test(inner.type)) {
    for (const side of kids(inner)) {
      const source = sourceOf(side, held);
      if (source) return source;
    }
    return null;
  }
  const call = callOf(inner);
  return call ? sourceOfCall(inner, held) : null;
}

function sourceOfCall(node: SyntaxNode, held: Held): Source | null {
  const call = callOf(node);
  if (!call) return null;
  const called = refOf(call.callee);
  const [first] = call.args;
  if (called === "next" && first) {
    const [clause] = first.all(CLAUSES);
    const over = clause ? field(clause, "right") : null;
    const whole = over ? wholeOf(over, held) : null;
    return whole ? { registry: whole.registry, by: "asking" } : null;
  }
  if (called === "getattr" && refOf(first ?? null) === "self" && call.args[1]?.type !== "string") {
    return { registry: "self", by: "method_name" };
  }
  if (called === "getattr" && call.args[1] && call.args[1].all(COMPUTED).length > 0 && first) {
    return { registry: refOf(first) ?? "self", by: "method_name" };
  }
  const member = memberOf(call.callee);
  const registry = member && refOf(member.object);
  if (!member || !registry) return null;
  if (LOOKUPS.test(member.property) && first && first.type !== "string")
    return { registry: fullName(registry, held), by: "key" };
  if (ASKING.test(member.property) && first) return { registry, by: "asking" };
  if (registry === "self" && /find|get|resolve|select|lookup|match/i.test(member.property)) {
    return { registry: `self.${member.property}()`, by: "key" };
  }
  return held.taken.get(member.object.text) ?? null;
}

/** A call of something that was taken from a registry. */
function noteInvocation(node: SyntaxNode, held: Held, facts: BodyFact, params: string[]): void {
  const call = callOf(node);
  if (!call || call.isNew) return;
  const member = memberOf(call.callee);
  if (member && ASKS.test(member.property)) return;
  const takes = call.args.length > 0 || params.length === 0;
  if (!takes) return;
  const source = member
    ? INVOKES.test(member.property)
      ? (sourceOf(member.object, held) ?? null)
      : null
    : sourceOf(call.callee, held);
  if (!source) return;
  // A table of the class's own methods, called with the object itself, is no registry of handlers.
  const own = source.by === "key" && refOf(call.args[0] ?? null) === "self";
  facts.dispatches.push({ ...source, by: own ? "method_name" : source.by, line: line(node), direct: member === null });
}

function noteRegistering(object: SyntaxNode, node: SyntaxNode, facts: BodyFact): void {
  const nested = callOf(bare(object));
  const inner = nested ? memberOf(nested.callee)?.object : (subscriptOf(object)?.object ?? object);
  const registry = refOf(inner ?? null);
  if (registry && registry !== "self" && registry !== "super") facts.registers.push({ registry, line: line(node) });
}

/** `self.handlers[type] = h`, `self.handlers = {"a": f}`, `this.chain = [...this.chain, h]`. */
function noteFilling(node: SyntaxNode, facts: BodyFact): void {
  const assigned = assignmentOf(node);
  if (!assigned?.right) return;
  const subscript = subscriptOf(assigned.left);
  const into = refOf(subscript?.object ?? null);
  if (into) facts.registers.push({ registry: into, line: line(node) });
  const registry = refOf(assigned.left);
  if (registry && isFilled(bare(assigned.right))) facts.registers.push({ registry, line: line(node) });
}

function isFilled(node: SyntaxNode): boolean {
  if (/^(dictionary|list|array|object|set)$/.test(node.type)) return kids(node).length > 0;
  const call = callOf(node);
  return (
    call !== null && /^(Map|Object\.freeze|dict|OrderedDict)$/.test(refOf(call.callee) ?? "") && call.args.length > 0
  );
}
