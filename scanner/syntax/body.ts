/** What a function's body does, as far as roles depend on it. */
import type { BodyFact } from "@/domain/consolidation/facts";
import { CATCHES, fallbackOf } from "./fallback";
import {
  ASSIGNMENTS,
  assignmentOf,
  bare,
  CALLS,
  type Call,
  CLASSES,
  callOf,
  endLine,
  kids,
  line,
  memberOf,
  refOf,
  stringOf,
} from "./nodes";
import { findDispatches } from "./registries";
import { isSilent, LOGGING, statementsOf } from "./statements";
import { Sought, type SyntaxNode } from "./syntax-node";

const BLOCKS = new Sought("block", "statement_block");
const TELLING = new Sought(CLASSES, CATCHES, BLOCKS, CALLS, ASSIGNMENTS, "return_statement");

export function emptyBody(at: SyntaxNode): BodyFact {
  return {
    statements: 0,
    endLine: endLine(at),
    shape: "empty",
    raises: null,
    forward: null,
    delegations: [],
    dispatches: [],
    registers: [],
    returnsFrom: [],
    returnsCalls: [],
    returnsRefs: [],
    proxies: null,
    setsClass: null,
    fallback: null,
    records: null,
  };
}

/** `params` without the receiver; `body` a block, or the expression of an arrow function. */
export function bodyFacts(body: SyntaxNode, params: string[]): BodyFact {
  const facts = emptyBody(body);
  const statements = statementsOf(body);
  const doing = statements.filter((statement) => !isSilent(statement));
  facts.statements = statements.length;
  shape(facts, doing, params);
  const locals = new Map<string, string>();
  body.walk(TELLING, { inTry: false, inCatch: false }, (node, around) => visit(node, facts, locals, around));
  if (!body.type.endsWith("block")) addReturned(facts, body, locals);
  // A parameter hides what the module calls by its name.
  facts.returnsRefs = facts.returnsRefs.filter(({ ref }) => !params.includes(ref.split(".")[0] ?? ref));
  findDispatches(body, params, facts);
  facts.fallback = fallbackOf(body);
  facts.records = recordsOnly(doing);
  return facts;
}

/** The expression that a lone statement evaluates or returns. */
function expressionOf(statement: SyntaxNode): SyntaxNode | null {
  if (statement.type === "return_statement" || statement.type === "expression_statement") {
    const [inner] = kids(statement);
    return inner ? bare(inner) : null;
  }
  return /_statement$|_declaration$|_definition$/.test(statement.type) ? null : bare(statement);
}

function shape(facts: BodyFact, doing: SyntaxNode[], params: string[]): void {
  const [first, second] = doing;
  if (!first) return;
  facts.shape = "other";
  const end = doing.find((statement) => !isPrepared(statement));
  if (end?.type === "raise_statement" || end?.type === "throw_statement") {
    facts.shape = "raises";
    facts.raises = kids(end)[0]?.text.split("\n")[0] ?? "";
    return;
  }
  if (doing.length === 1 && first.type === "return_statement" && isConstant(kids(first)[0])) {
    facts.shape = "empty";
    return;
  }
  const call =
    doing.length === 1 ? callIn(expressionOf(first)) : doing.length === 2 ? callThenReturn(first, second) : null;
  const forward = call && forwardOf(call, params);
  if (!forward) return;
  facts.shape = "forwards";
  facts.forward = forward;
}

/** Gives a local variable a value: `text = "it is gone"`. */
function isPrepared(statement: SyntaxNode): boolean {
  if (/^(lexical|variable)_declaration$/.test(statement.type)) return true;
  const [inner] = statement.type === "expression_statement" ? kids(statement) : [];
  return inner !== undefined && assignmentOf(inner)?.left.type === "identifier";
}

const callIn = (node: SyntaxNode | null): Call | null => (node ? callOf(node) : null);

/** `result = call(); return result`. */
function callThenReturn(first: SyntaxNode, second: SyntaxNode | undefined): Call | null {
  if (second?.type !== "return_statement") return null;
  const [assignment] = first.all(ASSIGNMENTS);
  const assigned = assignment && assignmentOf(assignment);
  const returned = kids(second)[0];
  if (!assigned?.right || !returned || assigned.left.text !== returned.text) return null;
  return callOf(bare(assigned.right));
}

function forwardOf(call: Call, params: string[]): BodyFact["forward"] {
  if (call.isNew) return null;
  const at = line(call.callee);
  const given = call.args.map((argument) =>
    argument.text.replace(/^(?:\*\*?|\.\.\.)/, "").replace(/^(\w+)\s*=\s*\1$/, "$1"),
  );
  const isBare = given.length === params.length && given.every((text, index) => text === params[index]);
  const [object, name] = call.args;
  if (refOf(call.callee) === "getattr" && object && name && params.includes(name.text)) {
    return { to: refOf(object) ?? object.text, method: "*", line: at, bare: true };
  }
  const member = memberOf(call.callee);
  if (!member) return null;
  const to = receiverOf(member.object);
  return to ? { to, method: member.property, line: at, bare: isBare } : null;
}

/** `self._router`, `super`, `get_router()`. */
function receiverOf(object: SyntaxNode): string | null {
  const ref = refOf(object);
  if (ref) return ref;
  const call = callOf(bare(object));
  const called = call && refOf(call.callee);
  return called ? `${called}()` : null;
}

interface Around {
  inTry: boolean;
  inCatch: boolean;
}

/** What a class inside does is its own. */
function visit(node: SyntaxNode, facts: BodyFact, locals: Map<string, string>, around: Around): Around | null {
  if (CLASSES.has(node.type)) return null;
  if (CATCHES.has(node.type)) return { ...around, inCatch: true };
  if (BLOCKS.has(node.type)) return node.parent?.type === "try_statement" ? { ...around, inTry: true } : around;
  const assigned = assignmentOf(node);
  if (assigned?.right) noteAssignment(assigned.left, bare(assigned.right), facts, locals);
  const returned = node.type === "return_statement" ? kids(node)[0] : undefined;
  if (returned) addReturned(facts, returned, locals);
  const call = callOf(node);
  const member = call && memberOf(call.callee);
  if (call && member) noteCall(member, node, facts, locals, around);
  return around;
}

function noteAssignment(left: SyntaxNode, right: SyntaxNode, facts: BodyFact, locals: Map<string, string>): void {
  const member = memberOf(left);
  if (member?.property === "__class__") facts.setsClass = { line: line(left), ref: refOf(right) ?? right.text };
  const call = callOf(right);
  const called = call && refOf(call.callee);
  if (called && refOf(left)) locals.set(left.text, called);
}

function noteCall(
  member: { object: SyntaxNode; property: string },
  node: SyntaxNode,
  facts: BodyFact,
  locals: Map<string, string>,
  around: Around,
): void {
  const receiver = receiverOf(member.object);
  if (!receiver || LOGGING.test(receiver)) return;
  const made = locals.get(receiver);
  if (member.property === "setPrototypeOf")
    facts.setsClass = { line: line(node), ref: refOf(callOf(node)?.args[1] ?? null) ?? "" };
  facts.delegations.push({ to: made ? `${made}()` : receiver, method: member.property, line: line(node), ...around });
}

function addReturned(facts: BodyFact, expression: SyntaxNode, locals: Map<string, string>): void {
  const inner = bare(expression);
  if (/^(boolean_operator|binary_expression|conditional_expression|ternary_expression)$/.test(inner.type)) {
    for (const side of kids(inner)) addReturned(facts, side, locals);
    return;
  }
  const call = callOf(inner);
  const called = call && refOf(call.callee);
  const around = called === "Proxy" && call?.isNew ? call.args[0] : undefined;
  if (around)
    facts.proxies = { line: line(inner), ref: refOf(around) ?? refOf(callOf(around)?.callee ?? null) ?? around.text };
  if (called) facts.returnsCalls.push({ ref: called, line: line(inner) });
  const ref = refOf(inner);
  if (!ref) return;
  const made = locals.get(ref);
  if (made) facts.returnsCalls.push({ ref: made, line: line(inner) });
  facts.returnsRefs.push({ ref, line: line(inner) });
}

/** Appends to a list of its own, counts, and gives a constant: nothing is done with what it was given. */
function recordsOnly(doing: SyntaxNode[]): BodyFact["records"] {
  let found: BodyFact["records"] = null;
  for (const statement of doing) {
    if (statement.type === "return_statement" && isConstant(kids(statement)[0])) continue;
    const inner = statement.type === "expression_statement" ? kids(statement)[0] : undefined;
    if (inner && /^augmented_assignment/.test(inner.type)) continue;
    const member = inner && memberOf(callOf(bare(inner))?.callee ?? inner);
    const attribute = refOf(member?.object ?? null);
    if (!attribute?.startsWith("self.") || !/^(append|push|add)$/.test(member?.property ?? "")) return null;
    found = { line: line(statement), attribute: attribute.slice(5) };
  }
  return found;
}

function isConstant(node: SyntaxNode | undefined): boolean {
  return (
    !node ||
    stringOf(node) !== null ||
    /^(true|false|none|null|undefined|integer|number|dictionary|object|list|array)$/.test(node.type)
  );
}
