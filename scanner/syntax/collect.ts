/** What both languages gather on the way through a module. */
import type {
  AttributeFact,
  BindingFact,
  Branch,
  ClassFact,
  FunctionFact,
  ModuleFacts,
} from "@/domain/consolidation/facts";
import {
  ASSIGNMENTS,
  assignmentOf,
  bare,
  CALLS,
  calleeOf,
  callOf,
  IDENTIFIERS,
  kids,
  line,
  memberOf,
  refOf,
  stringOf,
  subscriptOf,
  typeNames,
} from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";

/** Where in the module a statement stands. */
export interface Where {
  branch: Branch | null;
  /** Names of the definitions around it. */
  scope: string[];
  guarded: boolean;
}

export const TOP: Where = { branch: null, scope: [], guarded: false };

export function emptyFacts(language: ModuleFacts["language"]): ModuleFacts {
  return {
    language,
    imports: [],
    bindings: [],
    classes: [],
    functions: [],
    namespaces: [],
    calls: [],
    claims: [],
    doubles: [],
    uses: Object.create(null),
    exported: null,
    onlyBinds: true,
  };
}

export function bind(
  facts: ModuleFacts,
  where: Where,
  binding: Pick<BindingFact, "name" | "line" | "kind"> & Partial<BindingFact>,
): void {
  if (where.scope.length > 0) return;
  facts.bindings.push({ target: null, index: -1, branch: where.branch, ...binding });
}

/** A class of which nothing is known yet but where it stands. */
export const emptyClass = (
  at: Pick<ClassFact, "name" | "line" | "endLine">,
  { scope, branch }: Pick<Where, "scope" | "branch">,
): ClassFact => ({
  ...at,
  kind: "class",
  bases: [],
  decorators: [],
  scope,
  branch,
  methods: [],
  attributes: [],
  members: [],
});

/** Binds a class before its body is read: classes inside of it come after it. */
export function addClass(facts: ModuleFacts, where: Where, owner: ClassFact, boundAs = owner.name): void {
  bind(facts, where, { name: boundAs, line: owner.line, kind: "class", index: facts.classes.length });
  facts.classes.push(owner);
  if (where.scope.length === 0) facts.onlyBinds = false;
}

/** Binds a function; what stands inside of it was read before. */
export function addFunction(
  facts: ModuleFacts,
  where: Where,
  at: { name: string; line: number },
  read: () => FunctionFact,
): void {
  const fact = read();
  bind(facts, where, { ...at, kind: "function", index: facts.functions.length });
  facts.functions.push(fact);
}

/** What a definition of a module uses; "" is the module itself. */
export function addUses(facts: ModuleFacts, owner: string, refs: readonly string[]): void {
  if (refs.length > 0) facts.uses[owner] = [...new Set([...(facts.uses[owner] ?? []), ...refs])];
}

/** `name = value` at the top of a module: an alias, an instance, or a value; either side of a condition counts. */
export function bindValue(facts: ModuleFacts, where: Where, name: SyntaxNode, value: SyntaxNode | null): void {
  if (!value) return;
  const inner = bare(value);
  const at = { name: name.text, line: line(name) };
  const sides = conditionalSides(inner);
  if (sides) {
    const [yes, no] = sides;
    bindValue(facts, { ...where, branch: { statement: at.line, arm: "else" } }, name, no);
    bindValue(facts, { ...where, branch: { statement: at.line, arm: "if" } }, name, yes);
    return;
  }
  const ref = refOf(inner);
  const call = callOf(inner);
  const called = call && refOf(call.callee);
  if (ref && !/^(None|True|False|null|undefined|NaN)$/.test(ref))
    bind(facts, where, { ...at, kind: "alias", target: ref });
  else if (called) bind(facts, where, { ...at, kind: "call", target: called });
  else bind(facts, where, { ...at, kind: "value" });
  if (!ref) facts.onlyBinds = false;
}

function conditionalSides(node: SyntaxNode): [SyntaxNode, SyntaxNode] | null {
  const parts = kids(node);
  const [a, b, c] = parts;
  if (node.type === "conditional_expression" && a && c) return [a, c];
  // `found or Router`, `found ?? Router`: the first that is there.
  if (a && b && (node.type === "boolean_operator" || node.type === "binary_expression"))
    return /^(or|\|\||\?\?)$/.test(node.childTypes[1] ?? "") ? [a, b] : null;
  if (node.type === "ternary_expression" && b && c) return [b, c];
  return null;
}

const COLLECTION = /^(dict|list|set|defaultdict|OrderedDict|deque|Map|Set|WeakMap|Array|WeakValueDictionary)$/;

function isCollection(node: SyntaxNode): boolean {
  const call = callOf(node);
  const called = call && refOf(call.callee)?.split(".").at(-1);
  return (
    /^(dictionary|list|set|array|object|list_comprehension|dictionary_comprehension)$/.test(node.type) ||
    COLLECTION.test(called ?? "")
  );
}

/** The classes that a value may be an instance of, by what was called or annotated. */
export function typesOf(value: SyntaxNode | null, params: Map<string, string[]>): string[] {
  if (!value) return [];
  const inner = bare(value);
  const call = callOf(inner);
  const called = call && refOf(call.callee);
  if (called) return [called];
  if (/^(boolean_operator|binary_expression|conditional_expression|ternary_expression)$/.test(inner.type)) {
    return kids(inner).flatMap((side) => typesOf(side, params));
  }
  return inner.type === "identifier" ? (params.get(inner.text) ?? []) : [];
}

export function addAttribute(attributes: AttributeFact[], found: AttributeFact): void {
  const known = attributes.find((attribute) => attribute.name === found.name);
  if (!known) {
    attributes.push(found);
    return;
  }
  known.types = [...new Set([...known.types, ...found.types])];
  known.collection ||= found.collection;
}

/** `object.__setattr__(self, "a", b)`, `setattr(self, "a", b)`, `self.__dict__["a"] = b`. */
function setByName(node: SyntaxNode): { name: string; value: SyntaxNode } | null {
  const call = callOf(node);
  const [object, key, given] =
    call && /^(object\.__setattr__|setattr)$/.test(refOf(call.callee) ?? "") ? call.args : [];
  const assigned = assignmentOf(node);
  const into = assigned && subscriptOf(assigned.left);
  const isOwn = refOf(object ?? null) === "self" || refOf(into?.object ?? null) === "self.__dict__";
  const at = key ?? into?.index;
  const name = isOwn && at ? stringOf(at) : null;
  const value = given ?? assigned?.right;
  return name && value ? { name, value } : null;
}

const GIVES = new Sought(CALLS, ASSIGNMENTS);

/** Adds what a method's body gives to the object's attributes. */
export function attributesOf(body: SyntaxNode, method: FunctionFact, owner: ClassFact): void {
  if (!/\b(?:self|cls|this)\b/.test(body.text)) return;
  const params = new Map(method.params.map((param) => [param.name, param.types]));
  for (const node of body.all(GIVES)) {
    const set = setByName(node);
    if (set) {
      const { name, value } = set;
      const found = { name, line: line(node), types: typesOf(value, params), collection: isCollection(bare(value)) };
      addAttribute(owner.attributes, found);
    }
    const assigned = assignmentOf(node);
    const member = assigned && memberOf(assigned.left);
    if (!assigned || !member || refOf(member.object) !== "self") continue;
    const types = [...typeNames(assigned.type), ...typesOf(assigned.right, params)];
    const collection = assigned.right !== null && isCollection(bare(assigned.right));
    addAttribute(owner.attributes, { name: member.property, line: line(node), types, collection });
  }
}

/** An attribute that the class body itself declares. */
export function declareAttribute(
  owner: ClassFact,
  name: SyntaxNode,
  type: SyntaxNode | null,
  value: SyntaxNode | null,
): void {
  const target = value ? refOf(bare(value)) : null;
  owner.members.push({ name: name.text, line: line(name), target });
  addAttribute(owner.attributes, {
    name: name.text,
    line: line(name),
    types: [...typeNames(type), ...typesOf(value, new Map())],
    collection: value !== null && isCollection(bare(value)),
  });
}

const ANNOTATIONS = new Sought("type", "type_annotation");
/** What `refOf` takes for a name, and what speaks of a class without using it: annotations and `isinstance(x, Router)`. */
const NAMING = new Sought(
  ANNOTATIONS,
  CALLS,
  IDENTIFIERS,
  ...["this", "super", "attribute", "member_expression", "nested_type_identifier", "nested_identifier"],
  ...["parenthesized_expression", "non_null_expression", "as_expression", "satisfies_expression"],
);

const ASKS_FOR_CLASS = /^(isinstance|issubclass)$/;

/** Refs below a node whose root is one of the names, with what is asked of them: `routing.Router`. */
export function refsBelow(node: SyntaxNode, names: ReadonlySet<string>): string[] {
  const found = new Set<string>();
  node.walk(NAMING, true, (at) => {
    if (ANNOTATIONS.has(at.type)) return null;
    const ref = refOf(at);
    if (ASKS_FOR_CLASS.test(ref ?? refOf(calleeOf(at)) ?? "")) return null;
    if (!ref) return true;
    const dot = ref.indexOf(".");
    if (names.has(dot < 0 ? ref : ref.slice(0, dot))) found.add(ref);
    return dot < 0 && at.type === "call" ? true : null;
  });
  return [...found];
}
