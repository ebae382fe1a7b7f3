/** Classes without `class`: a function whose prototype is given methods. */
import type { ClassFact, ModuleFacts } from "@/domain/consolidation/facts";
import { attributesOf, emptyClass } from "./collect";
import { assignmentOf, bare, callOf, endLine, field, kids, line, memberOf, refOf } from "./nodes";
import type { SyntaxNode } from "./syntax-node";
import { type ReadNested, readFunction } from "./typescript-function";

const FUNCTIONS = /^(function_expression|arrow_function|generator_function)$/;

interface Given {
  /** The name whose prototype it is. */
  to: string;
  methods: { name: string; node: SyntaxNode }[];
  base: string | null;
}

export function readPrototypes(root: SyntaxNode, facts: ModuleFacts, readNested: ReadNested): void {
  if (!/\.prototype\b|\binherits\b/.test(root.text)) return;
  for (const statement of kids(root)) {
    const inner = statement.type === "expression_statement" ? kids(statement)[0] : undefined;
    const given = inner && (assigned(inner) ?? called(inner));
    const owner = given && ownerOf(given.to, root, facts);
    if (!given || !owner) continue;
    if (given.base) owner.bases.push(given.base);
    owner.endLine = Math.max(owner.endLine, endLine(statement));
    for (const { name, node } of given.methods) {
      const where = { branch: null, scope: [...owner.scope, owner.name], guarded: false };
      const method = readFunction(node, name, where, readNested);
      const body = field(node, "body");
      owner.methods.push({ ...method, line: line(node) });
      if (body) attributesOf(body, method, owner);
    }
  }
}

/** `X.prototype.route = function …`, `X.prototype = { route() {} }`, `X.prototype = Object.create(Base.prototype)`. */
function assigned(node: SyntaxNode): Given | null {
  const found = assignmentOf(node);
  const [, to, name] = /^([\w$]+)\.prototype(?:\.([\w$]+))?$/.exec(refOf(found?.left ?? null) ?? "") ?? [];
  if (!found?.right || to === undefined) return null;
  const value = bare(found.right);
  if (name !== undefined)
    return FUNCTIONS.test(value.type) ? { to, methods: [{ name, node: value }], base: null } : null;
  if (value.type === "object") return { to, methods: methodsOf(value), base: null };
  return { to, methods: [], base: prototypeOf(callOf(value)?.args[0] ?? null) };
}

/** `Object.assign(X.prototype, { … })`, `util.inherits(X, Base)`. */
function called(node: SyntaxNode): Given | null {
  const call = callOf(node);
  const [first, second] = call?.args ?? [];
  const name = refOf(call?.callee ?? null) ?? "";
  if (!first || !second) return null;
  const to = prototypeOf(first);
  if (/(^|\.)(assign|extend)$/.test(name) && to && second.type === "object")
    return { to, methods: methodsOf(second), base: null };
  const heir = refOf(first);
  return /(^|\.)inherits$/.test(name) && heir ? { to: heir, methods: [], base: refOf(second) } : null;
}

const prototypeOf = (node: SyntaxNode | null): string | null => {
  const member = node && memberOf(node);
  return member?.property === "prototype" ? refOf(member.object) : node && refOf(callOf(node)?.callee ?? null);
};

function methodsOf(object: SyntaxNode): Given["methods"] {
  return kids(object).flatMap((entry) => {
    const name = field(entry, entry.type === "method_definition" ? "name" : "key");
    const node = entry.type === "method_definition" ? entry : field(entry, "value");
    return name && node && (node === entry || FUNCTIONS.test(node.type)) ? [{ name: name.text, node }] : [];
  });
}

/** The class of that name; a function becomes one, with itself as the constructor. */
function ownerOf(name: string, root: SyntaxNode, facts: ModuleFacts): ClassFact | null {
  const known = facts.classes.find((one) => one.name === name && one.scope.length === 0);
  const binding = facts.bindings.find((one) => one.name === name && one.kind === "function");
  const making = binding ? facts.functions[binding.index] : undefined;
  if (known || !binding || !making) return known ?? null;
  const owner: ClassFact = {
    ...emptyClass({ name, line: binding.line, endLine: making.body.endLine }, { scope: [], branch: binding.branch }),
    methods: [{ ...making, name: "__init__" }],
  };
  for (const node of kids(root)) {
    const declared = node.type === "export_statement" ? (field(node, "declaration") ?? node) : node;
    const held = /^(lexical|variable)_declaration$/.test(declared.type) ? kids(declared)[0] : declared;
    const body =
      held && field(held, "name")?.text === name ? (field(held, "body") ?? bodyOf(field(held, "value"))) : null;
    if (body) attributesOf(body, making, owner);
  }
  binding.kind = "class";
  binding.index = facts.classes.length;
  facts.classes.push(owner);
  return owner;
}

const bodyOf = (value: SyntaxNode | null): SyntaxNode | null => value && field(value, "body");
