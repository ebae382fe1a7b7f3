/** Reads a TypeScript or JavaScript module. */
import type { ModuleFacts } from "@/domain/consolidation/facts";
import { findCalls } from "./calls";
import { findClaims } from "./claims";
import { addClass, addFunction, addUses, bind, bindValue, emptyFacts, refsBelow, TOP, type Where } from "./collect";
import { bare, CALLS, CLASSES, callOf, field, kids, line, refOf } from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";
import { readClass } from "./typescript-class";
import { readFunction } from "./typescript-function";
import { dynamicImportOf, exportsOf, importsOf, requireOf } from "./typescript-imports";
import { readPrototypes } from "./typescript-prototypes";

const NESTED = new Sought(CLASSES, "variable_declarator");
const FUNCTIONS =
  /^(function_declaration|generator_function_declaration|function_expression|arrow_function|function_signature)$/;

export function readTypeScript(root: SyntaxNode): ModuleFacts {
  const facts = emptyFacts("typescript");
  for (const statement of kids(root)) readStatement(statement, facts, TOP);
  if (root.text.includes("import(")) for (const node of root.all(CALLS)) dynamicImportOf(node, facts);
  readPrototypes(root, facts, nestedReader(facts));
  const names = new Set([
    ...facts.bindings.map(({ name }) => name),
    ...facts.imports.flatMap(({ local, nested }) => (nested && local ? local : [])),
  ]);
  for (const statement of kids(root)) noteUses(statement, names, facts);
  findCalls(root, facts);
  findClaims(root, facts);
  return facts;
}

function readStatement(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  switch (node.type) {
    case "import_statement":
      importsOf(node, facts, where);
      return;
    case "export_statement":
      readExport(node, facts, where);
      return;
    case "lexical_declaration":
    case "variable_declaration":
      for (const declarator of kids(node))
        if (declarator.type === "variable_declarator") readVariable(declarator, facts, where);
      return;
    case "interface_declaration":
    case "class_declaration":
    case "abstract_class_declaration":
    case "type_alias_declaration":
      readType(node, facts, where);
      return;
    case "function_declaration":
    case "generator_function_declaration":
    case "function_signature":
      readNamedFunction(node, field(node, "name"), facts, where);
      return;
    case "try_statement":
    case "if_statement":
    case "statement_block":
    case "internal_module":
    case "ambient_declaration":
      readNested(node, facts, where);
      return;
    case "expression_statement":
      readExpression(node, facts, where);
      return;
    default:
      if (where.scope.length === 0 && node.type !== "comment") facts.onlyBinds = false;
  }
}

function readNested(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const namespace = node.type === "internal_module" ? field(node, "name") : null;
  if (namespace) {
    facts.namespaces.push(namespace.text);
    bind(facts, where, { name: namespace.text, line: line(namespace), kind: "value" });
  }
  const statement = line(node);
  for (const child of kids(node)) {
    const caught = child.type === "catch_clause";
    const blocks = /block$|^else_clause$/.test(child.type)
      ? [child]
      : caught
        ? kids(child).filter((part) => part.type.endsWith("block"))
        : [];
    const arm =
      node.type === "try_statement" ? (caught ? "except" : "try") : child.type === "else_clause" ? "else" : "if";
    const branch = /^(try|if)_statement$/.test(node.type) ? ({ statement, arm } as const) : where.branch;
    for (const block of blocks)
      for (const inner of kids(block))
        readStatement(inner, facts, { ...where, branch, guarded: where.guarded || arm === "try" });
    if (!/block$|_clause$/.test(child.type) && node.type !== "if_statement") readStatement(child, facts, where);
  }
}

function readExport(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const declaration = field(node, "declaration");
  const value = field(node, "value");
  if (declaration) {
    const before = facts.bindings.length;
    readStatement(declaration, facts, where);
    for (const binding of facts.bindings.slice(before)) exported(facts, binding.name);
    if (/\bdefault\b/.test(node.childTypes[1] ?? ""))
      bind(facts, where, {
        name: "default",
        line: line(node),
        kind: "alias",
        target: field(declaration, "name")?.text ?? null,
      });
  } else if (value) {
    exported(facts, "default");
    if (CLASSES.has(value.type) || FUNCTIONS.test(value.type)) readAnonymous(value, facts, where);
    else bind(facts, where, { name: "default", line: line(node), kind: "alias", target: refOf(bare(value)) });
  } else {
    exportsOf(node, facts, where);
  }
}

const exported = (facts: ModuleFacts, name: string): void => {
  facts.exported ??= [];
  facts.exported.push(name);
};

function readAnonymous(value: SyntaxNode, facts: ModuleFacts, where: Where): void {
  if (CLASSES.has(value.type)) {
    define(value, { name: field(value, "name")?.text ?? "default", line: line(value) }, facts, where, "default");
    return;
  }
  const at = { name: "default", line: line(value) };
  addFunction(facts, where, at, () => readFunction(value, "default", where, nestedReader(facts)));
}

/** Reads a class, bound by its own name or another. */
function define(
  node: SyntaxNode,
  at: { name: string; line: number },
  facts: ModuleFacts,
  where: Where,
  boundAs = at.name,
): void {
  readClass(node, at, where, nestedReader(facts), (owner) => addClass(facts, where, owner, boundAs));
}

function readType(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const name = field(node, "name");
  if (!name) return;
  if (node.type === "type_alias_declaration") {
    const value = field(node, "value");
    const generic = value?.type === "generic_type" ? field(value, "name") : value;
    const ref = refOf(generic);
    if (ref || value?.type !== "object_type") {
      bind(facts, where, { name: name.text, line: line(name), kind: ref ? "alias" : "value", target: ref });
      return;
    }
  }
  define(node, { name: name.text, line: line(name) }, facts, where);
}

function readNamedFunction(node: SyntaxNode, name: SyntaxNode | null, facts: ModuleFacts, where: Where): void {
  if (!name) return;
  if (where.scope.length === 0) facts.onlyBinds = false;
  const at = { name: name.text, line: line(name) };
  addFunction(facts, where, at, () => readFunction(node, at.name, where, nestedReader(facts)));
}

/** Reads classes and imports inside of functions. */
const nestedReader = (facts: ModuleFacts) => (body: SyntaxNode, scope: string[]) => {
  const where: Where = { branch: null, scope, guarded: false };
  body.walk(NESTED, true, (node) => {
    requireOf(node, facts, where);
    if (node === body || !CLASSES.has(node.type)) return true;
    readType(node, facts, where);
    return null;
  });
};

function readVariable(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const name = field(node, "name");
  const value = field(node, "value");
  if (!name || !value) return;
  if (requireOf(node, facts, where)) return;
  const inner = bare(value);
  if (FUNCTIONS.test(inner.type)) readNamedFunction(inner, name, facts, where);
  else if (
    CLASSES.has(inner.type) ||
    (inner.type === "object" &&
      kids(inner).some(
        (entry) => /method_definition/.test(entry.type) || FUNCTIONS.test(field(entry, "value")?.type ?? ""),
      ))
  ) {
    define(inner, { name: name.text, line: line(name) }, facts, where);
  } else if (name.type === "identifier") bindValue(facts, where, name, value);
}

/** `module.exports = X`, `exports.X = Y`, `module.exports = { X, Y: Z }`. */
function readExpression(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const [inner] = kids(node);
  if (!inner || inner.type === "string") return;
  const left = inner.type === "assignment_expression" ? field(inner, "left") : null;
  const right = inner.type === "assignment_expression" ? field(inner, "right") : null;
  const target = refOf(left) ?? "";
  if (!right || !/^(module\.)?exports(\.|$)/.test(target)) {
    if (where.scope.length === 0 && !/^console\./.test(refOf(callOf(inner)?.callee ?? null) ?? ""))
      facts.onlyBinds = false;
    return;
  }
  const name = target.replace(/^(module\.)?exports\.?/, "");
  const named = name ? [[name, right] as const] : objectEntries(right);
  for (const [key, value] of named) {
    exported(facts, key);
    const ref = refOf(bare(value));
    if (ref && ref !== key) bind(facts, where, { name: key, line: line(value), kind: "alias", target: ref });
    else if (CLASSES.has(value.type))
      define(value, { name: field(value, "name")?.text ?? key, line: line(value) }, facts, where, key);
    else if (FUNCTIONS.test(value.type))
      readNamedFunction(value, left && name ? (field(left, "property") ?? left) : value, facts, where);
  }
}

function objectEntries(node: SyntaxNode): (readonly [string, SyntaxNode])[] {
  if (node.type !== "object") return [["default", node]];
  return kids(node).flatMap((entry) => {
    if (entry.type === "shorthand_property_identifier") return [[entry.text, entry] as const];
    const key = field(entry, "key");
    const value = field(entry, "value");
    return key && value ? [[key.text, value] as const] : [];
  });
}

function noteUses(statement: SyntaxNode, names: ReadonlySet<string>, facts: ModuleFacts): void {
  const declaration = statement.type === "export_statement" ? (field(statement, "declaration") ?? null) : statement;
  if (!declaration || declaration.type === "import_statement") return;
  const named = declaration.type === "lexical_declaration" ? kids(declaration)[0] : declaration;
  const owner = named && declaration.type !== "expression_statement" ? (field(named, "name")?.text ?? "") : "";
  const refs = refsBelow(declaration, names).filter((ref) => ref !== owner);
  addUses(facts, owner, refs);
}
