/** Finds which handler says that it takes which message type. */
import type { ClaimFact, ModuleFacts } from "@/domain/consolidation/facts";
import {
  ASSIGNMENTS,
  assignmentOf,
  bare,
  CALLS,
  type Call,
  CLASSES,
  callOf,
  field,
  kids,
  line,
  memberOf,
  refOf,
  subscriptOf,
  typeNameOf,
} from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";

const METHODS = new Sought("function_definition", "method_definition");
const FIELDS = new Sought("public_field_definition", "field_definition");
const COMPARES = new Sought("comparison_operator", "binary_expression");
const TELLING = new Sought(
  ...[CLASSES, METHODS, FIELDS, COMPARES, CALLS, ASSIGNMENTS],
  ...["return_statement", "decorator"],
);
const TYPE_LIST = /(supported|handled|accepted|handles|message|event)_?\w*types?$|^_?types$/i;
const HANDLER_MAP = /handlers|routes|dispatch|callbacks|processors|actions/i;
const REGISTERS = /^(register|add|set|bind)_?\w*(handler|route)\w*$/i;
const SHORT_REGISTERS = /^(on|register|subscribe|handle|route|set|add)$/;
const HANDLER_HOLDER = /router|dispatcher|registry|handlers|routes|bus\b/i;
const DECORATES =
  /^(on|on_message|on_event|handler|handles|message_handler|event_handler|register|register_handler|SubscribeMessage|MessagePattern|EventPattern)$/;
const HANDLES = /handler|processor|listener|consumer|subscriber/i;
const ASKS = /^(can_?handle|supports?|handles|accepts?|can_?process|matches)/i;

export function findClaims(root: SyntaxNode, facts: ModuleFacts): void {
  const made = madeIn(root);
  const around: Around = { owner: null, method: null };
  root.walk(TELLING, around, (node, at) => visit(node, at, facts, made));
}

/** What was called to make a variable or attribute: `hub = Hub()`. */
function madeIn(root: SyntaxNode): Map<string, string> {
  const made = new Map<string, string>();
  for (const node of root.all(ASSIGNMENTS)) {
    const assigned = assignmentOf(node);
    const called = assigned?.right && refOf(callOf(bare(assigned.right))?.callee ?? null);
    if (assigned && called) made.set(assigned.left.text, called);
  }
  return made;
}

interface Around {
  /** The class and the method around. */
  owner: string | null;
  method: string | null;
}

function visit(node: SyntaxNode, around: Around, facts: ModuleFacts, made: ReadonlyMap<string, string>): Around {
  if (CLASSES.has(node.type)) return { ...around, owner: field(node, "name")?.text ?? around.owner };
  if (METHODS.has(node.type)) return { ...around, method: field(node, "name")?.text ?? null };
  const { owner, method } = around;
  const claim = (types: string[], handler: string, at: SyntaxNode, how: ClaimFact["how"], on: string | null = null) => {
    for (const type of types) facts.claims.push({ type, handler, line: line(at), owner, how, on });
  };
  listed(node, owner, method, claim);
  mapped(node, owner, claim);
  registered(node, owner, claim, made);
  decorated(node, claim);
  return around;
}

type Claim = (types: string[], handler: string, at: SyntaxNode, how: ClaimFact["how"], on?: string | null) => void;

const literalTypes = (node: SyntaxNode | null): string[] => {
  if (!node) return [];
  const inner = bare(node);
  const call = callOf(inner);
  if (call) return call.args.flatMap((argument) => literalTypes(argument));
  return /^(list|set|tuple|array)$/.test(inner.type) ? kids(inner).flatMap((item) => typeNameOf(item) ?? []) : [];
};

/** `supported_types = ["chat"]`, `super().__init__(["chat"])`, `return type in ["chat"]` inside can_handle. */
function listed(node: SyntaxNode, owner: string | null, method: string | null, claim: Claim): void {
  if (!owner) return;
  const named = assignmentOf(node) ?? fieldOf(node);
  const name = named && (memberOf(named.left)?.property ?? named.left.text);
  if (named && name && TYPE_LIST.test(name)) claim(literalTypes(named.right), owner, node, "list");
  const call = callOf(node);
  const called = call && refOf(call.callee);
  if (call && (called === "super.__init__" || called === "super") && HANDLES.test(owner)) {
    for (const argument of call.args) {
      const value = argument.type === "keyword_argument" ? field(argument, "value") : argument;
      claim(literalTypes(value), owner, argument, "list");
    }
  }
  if (method && /(supported|handled)_?types$/i.test(method) && node.type === "return_statement") {
    claim(literalTypes(kids(node)[0] ?? null), owner, node, "list");
  }
  if (!method || !ASKS.test(method)) return;
  if (COMPARES.has(node.type)) {
    const [, right] = kids(node);
    const single = right && /==/.test(node.text) ? typeNameOf(right) : null;
    claim(single === null ? literalTypes(right ?? null) : [single], owner, node, "list");
  }
  if (call && /^(includes|has)$/.test(memberOf(call.callee)?.property ?? "")) {
    claim(literalTypes(memberOf(call.callee)?.object ?? null), owner, node, "list");
  }
}

/** A field of a TypeScript class. */
function fieldOf(node: SyntaxNode): { left: SyntaxNode; right: SyntaxNode | null } | null {
  if (!FIELDS.has(node.type)) return null;
  const left = field(node, "name") ?? field(node, "property");
  return left ? { left, right: field(node, "value") } : null;
}

/** `handlers = {"chat": self.on_chat}`, `handlers["chat"] = ChatHandler()`. */
function mapped(node: SyntaxNode, owner: string | null, claim: Claim): void {
  const assigned = assignmentOf(node) ?? fieldOf(node);
  if (!assigned?.right) return;
  const subscript = subscriptOf(assigned.left);
  if (subscript) {
    const type = typeNameOf(subscript.index);
    const handler = handlerOf(assigned.right, owner);
    if (type && handler && HANDLER_MAP.test(subscript.object.text)) claim([type], handler, node, "dict");
    return;
  }
  if (!HANDLER_MAP.test(memberOf(assigned.left)?.property ?? assigned.left.text)) return;
  const value = bare(assigned.right);
  const literal = /^(dictionary|object)$/.test(value.type) ? value : innerMap(value);
  for (const entry of literal ? kids(literal) : []) entryClaim(entry, owner, claim);
}

/** The literal in `new Map([…])`, `new Map(Object.entries({…}))`, `dict(…)`. */
function innerMap(value: SyntaxNode): SyntaxNode | null {
  const call = callOf(value);
  const [first] = call?.args ?? [];
  if (!call || !first || !/^(Map|Object\.entries|Object\.freeze|dict|MappingProxyType)$/.test(refOf(call.callee) ?? ""))
    return null;
  return /^(dictionary|object|array)$/.test(first.type) ? first : innerMap(first);
}

function entryClaim(entry: SyntaxNode, owner: string | null, claim: Claim): void {
  if (entry.type === "array") {
    const [key, value] = kids(entry);
    const type = key && typeNameOf(key);
    const handler = value && handlerOf(value, owner);
    if (type && handler) claim([type], handler, entry, "dict");
    return;
  }
  const key = field(entry, "key") ?? (entry.type === "method_definition" ? field(entry, "name") : null);
  if (!key) return;
  const type =
    key.type === "property_identifier"
      ? key.text
      : typeNameOf(key.type === "computed_property_name" ? (kids(key)[0] ?? key) : key);
  const value = field(entry, "value");
  const handler = value ? handlerOf(value, owner) : key.text;
  if (type && handler) claim([type], handler, entry, "dict");
}

/** `router.register("chat", handler)`, `add_handler("chat", ChatHandler())`. */
function registered(node: SyntaxNode, owner: string | null, claim: Claim, made: ReadonlyMap<string, string>): void {
  const call = callOf(node);
  if (!call) return;
  const member = memberOf(call.callee);
  const name = member?.property ?? refOf(call.callee) ?? "";
  const holds = member !== null && HANDLER_HOLDER.test(member.object.text);
  const sure = REGISTERS.test(name) || (SHORT_REGISTERS.test(name) && holds);
  const on = !sure && member && SHORT_REGISTERS.test(name) ? (made.get(member.object.text) ?? null) : null;
  if (!sure && on === null) return;
  const [first, second] = values(call);
  if (!first || !second) return;
  const type = typeNameOf(first);
  const handler = handlerOf(second, owner);
  const types = type === null ? literalTypes(first) : [type];
  if (handler) claim(types, handler, node, "registration", on);
}

const values = (call: Call): SyntaxNode[] =>
  call.args.map((argument) =>
    argument.type === "keyword_argument" ? (field(argument, "value") ?? argument) : argument,
  );

function decorated(node: SyntaxNode, claim: Claim): void {
  if (node.type !== "decorator") return;
  const [inner] = kids(node);
  const call = inner ? callOf(inner) : null;
  const name = call && (memberOf(call.callee)?.property ?? refOf(call.callee));
  if (!call || !name || !DECORATES.test(name)) return;
  const holder = node.parent;
  const definition = holder && (field(holder, "definition") ?? holder);
  const handler = definition && field(definition, "name")?.text;
  if (handler)
    claim(
      call.args.flatMap((argument) => typeNameOf(argument) ?? literalTypes(argument)),
      handler,
      node,
      "decorator",
    );
}

/** What a handler is called: a class, a method of this class, a function; null for what is no handler. */
function handlerOf(value: SyntaxNode, owner: string | null): string | null {
  const inner = bare(value);
  const call = callOf(inner);
  const ref = refOf(call ? call.callee : inner);
  if (ref === "partial" && call?.args[0]) return handlerOf(call.args[0], owner);
  if (ref) return ref.startsWith("self.") && owner ? `${owner}.${ref.slice(5)}` : ref;
  if (inner.type === "object") {
    const name = kids(inner).find((pair) => field(pair, "key")?.text === "name");
    const text = name && field(name, "value");
    return (text && typeNameOf(text)) || `handler in line ${line(inner)}`;
  }
  return /^(lambda|arrow_function|function_expression)$/.test(inner.type) ? `function in line ${line(inner)}` : null;
}
