/** Reads a Python module. */
import type { ClassFact, FunctionFact, ModuleFacts } from "@/domain/consolidation/facts";
import { bodyFacts } from "./body";
import { findCalls } from "./calls";
import { findClaims } from "./claims";
import {
  addClass,
  addFunction,
  addUses,
  attributesOf,
  bindValue,
  declareAttribute,
  emptyClass,
  emptyFacts,
  refsBelow,
  TOP,
  type Where,
} from "./collect";
import { assignmentOf, baseRefs, callOf, endLine, field, kids, line, refOf, stringOf, typeNames } from "./nodes";
import { importsOf } from "./python-imports";
import { paramsOf } from "./python-params";
import { Sought, type SyntaxNode } from "./syntax-node";

const STRINGS = new Sought("string");
const IDENTIFIERS = new Sought("identifier");
const DEFINITIONS = new Sought("class_definition", "function_definition", "decorated_definition");

export function readPython(root: SyntaxNode): ModuleFacts {
  const facts = emptyFacts("python");
  const [first] = kids(root);
  for (const statement of kids(root)) {
    const docstring = statement === first && kids(statement)[0]?.type === "string";
    if (!docstring) readStatement(statement, facts, TOP);
  }
  const names = new Set([
    ...facts.bindings.map(({ name }) => name),
    ...facts.imports.flatMap(({ local }) => local ?? []),
  ]);
  for (const statement of kids(root)) noteUses(statement, names, facts);
  findCalls(root, facts);
  findClaims(root, facts);
  return facts;
}

function readStatement(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  switch (node.type) {
    case "import_statement":
    case "import_from_statement":
    case "future_import_statement":
      importsOf(node, facts, where);
      return;
    case "class_definition":
    case "function_definition":
    case "decorated_definition":
      readDefinition(node, facts, where);
      return;
    case "if_statement":
    case "try_statement":
    case "with_statement":
      readBranches(node, facts, where);
      return;
    case "expression_statement":
      readExpression(node, facts, where);
      return;
    case "type_alias_statement":
      readTypeAlias(node, facts, where);
      return;
    default:
      if (where.scope.length === 0 && node.type !== "pass_statement") facts.onlyBinds = false;
      for (const child of kids(node)) if (child.type === "block") readBlock(child, facts, where);
  }
}

function readBlock(block: SyntaxNode, facts: ModuleFacts, where: Where): void {
  for (const statement of kids(block)) readStatement(statement, facts, where);
}

function readBranches(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const statement = line(node);
  const clauses = kids(node).filter((child) => child.type.endsWith("_clause"));
  const guarded =
    where.guarded ||
    (node.type === "try_statement" &&
      clauses.some(
        (clause) =>
          /^except/.test(clause.type) &&
          /ImportError|ModuleNotFoundError|Exception|except\s*:/.test(clause.text.split("\n")[0] ?? ""),
      ));
  for (const child of kids(node)) {
    if (child.type === "block") {
      const arm = node.type === "try_statement" ? "try" : "if";
      const branch = node.type === "with_statement" ? where.branch : ({ statement, arm } as const);
      readBlock(child, facts, { ...where, guarded, branch });
      continue;
    }
    if (!child.type.endsWith("_clause")) continue;
    const arm = child.type.startsWith("except") ? "except" : child.type === "finally_clause" ? null : "else";
    const branch = arm === null ? where.branch : ({ statement, arm } as const);
    for (const block of kids(child)) if (block.type === "block") readBlock(block, facts, { ...where, branch });
  }
}

function readExpression(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const [inner] = kids(node);
  if (!inner) return;
  const assigned = assignmentOf(inner);
  if (!assigned) {
    const called = refOf(callOf(inner)?.callee ?? null);
    if (where.scope.length === 0 && inner.type !== "string" && called !== "warnings.warn") facts.onlyBinds = false;
    return;
  }
  if (assigned.left.text === "__all__" && assigned.right) {
    facts.exported = assigned.right.all(STRINGS).flatMap((part) => stringOf(part) ?? []);
    return;
  }
  const nested = assigned.right && assignmentOf(assigned.right);
  const value = nested ? nested.right : assigned.right;
  if (nested) bindValue(facts, where, nested.left, nested.right);
  if (assigned.left.type === "pattern_list" && value) {
    const values = kids(value);
    for (const [index, name] of kids(assigned.left).entries()) bindValue(facts, where, name, values[index] ?? null);
    return;
  }
  if (assigned.left.type === "identifier") bindValue(facts, where, assigned.left, value);
}

const typeAliasOf = (node: SyntaxNode): SyntaxNode[] =>
  kids(node).map((part) => (part.type === "type" ? (kids(part)[0] ?? part) : part));

/** `type Router = CanonicalRouter`. */
function readTypeAlias(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const [left, right] = typeAliasOf(node);
  if (left && right) bindValue(facts, where, left, right);
}

function readDefinition(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const definition = node.type === "decorated_definition" ? field(node, "definition") : node;
  const decorators = kids(node).flatMap((child) => (child.type === "decorator" ? decoratorOf(child) : []));
  const name = definition && field(definition, "name");
  if (!definition || !name) return;
  if (definition.type === "class_definition") {
    readClass(definition, name, decorators, facts, where);
    return;
  }
  const at = { name: name.text, line: line(name) };
  if (at.name !== "__getattr__" && where.scope.length === 0) facts.onlyBinds = false;
  addFunction(facts, where, at, () => readFunction(definition, decorators, facts, where));
}

const decoratorOf = (node: SyntaxNode): string => {
  const [inner] = kids(node);
  const call = inner && callOf(inner);
  return (call ? `${refOf(call.callee)}()` : refOf(inner ?? null)) ?? "";
};

function readFunction(
  node: SyntaxNode,
  decorators: string[],
  facts: ModuleFacts,
  where: Where,
  inClass = false,
): FunctionFact {
  const name = field(node, "name");
  const body = field(node, "body");
  const isStatic = decorators.includes("staticmethod");
  const all = paramsOf(field(node, "parameters"));
  const params = inClass && !isStatic ? all.slice(1) : all;
  const returns = field(node, "return_type");
  const scope = [...where.scope, name?.text ?? ""];
  if (body) readBlock(body, facts, { branch: null, scope, guarded: false });
  const warned = body?.text.includes("DeprecationWarning")
    ? body.all(IDENTIFIERS).find((part) => part.text.includes("DeprecationWarning"))
    : undefined;
  const deprecated = decorators.some((decorator) => /deprecated/i.test(decorator)) ? line(node) : null;
  return {
    name: name?.text ?? "",
    line: line(name ?? node),
    params,
    async: node.childTypes[0] === "async",
    returns: returns?.text ?? null,
    returnTypes: typeNames(returns),
    decorators,
    scope: where.scope,
    body: bodyFacts(
      body ?? node,
      params.map((param) => param.name),
    ),
    binding: isStatic
      ? "static"
      : decorators.includes("classmethod")
        ? "class"
        : decorators.some((decorator) => /(^|\.)(cached_)?property$|\.setter$/.test(decorator))
          ? "property"
          : "instance",
    abstract: decorators.some((decorator) => /(^|\.)abstract(method|property)$/.test(decorator)),
    deprecated: warned ? line(warned) : deprecated,
  };
}

function readClass(node: SyntaxNode, name: SyntaxNode, decorators: string[], facts: ModuleFacts, where: Where): void {
  const superclasses = field(node, "superclasses");
  const parents = superclasses ? kids(superclasses) : [];
  const bases = parents.flatMap((parent) => baseRefs(parent.type === "subscript" ? field(parent, "value") : parent));
  const meta = parents.find((parent) => parent.type === "keyword_argument")?.text ?? "";
  const abstract = bases.some((base) => /(^|\.)ABC$/.test(base)) || /ABCMeta/.test(meta);
  const protocol = bases.some((base) => /(^|\.)Protocol$/.test(base));
  const owner: ClassFact = {
    ...emptyClass({ name: name.text, line: line(name), endLine: endLine(node) }, where),
    kind: protocol ? "interface" : abstract ? "abstract" : "class",
    bases,
    decorators,
  };
  addClass(facts, where, owner);
  const inner: Where = { branch: null, scope: [...where.scope, owner.name], guarded: false };
  const body = field(node, "body");
  for (const statement of body ? kids(body) : []) readMember(statement, owner, facts, inner);
}

function readMember(statement: SyntaxNode, owner: ClassFact, facts: ModuleFacts, where: Where): void {
  const definition = statement.type === "decorated_definition" ? field(statement, "definition") : statement;
  if (definition?.type === "function_definition") {
    const decorators = kids(statement).flatMap((child) => (child.type === "decorator" ? decoratorOf(child) : []));
    const method = readFunction(definition, decorators, facts, where, true);
    owner.methods.push(method);
    const body = field(definition, "body");
    if (body) attributesOf(body, method, owner);
    return;
  }
  if (definition?.type === "class_definition") readDefinition(statement, facts, where);
  if (statement.type === "if_statement" || statement.type === "try_statement") {
    statement.walk(DEFINITIONS, true, (part) => {
      readMember(part, owner, facts, where);
      return null;
    });
  }
  const inner = statement.type === "expression_statement" ? kids(statement)[0] : undefined;
  const assigned = inner && assignmentOf(inner);
  if (assigned?.left.type === "identifier") declareAttribute(owner, assigned.left, assigned.type, assigned.right);
}

/** Decorators that hand a definition to somebody else, who then calls it. */
const KEEPS_TO_ITSELF =
  /^(property|staticmethod|classmethod|dataclass|dataclasses\.dataclass|(functools\.)?(lru_cache|cache|wraps)|contextmanager|deprecated|abstractmethod|final|override|singleton|runtime_checkable)\b/;

function noteUses(statement: SyntaxNode, names: ReadonlySet<string>, facts: ModuleFacts): void {
  if (/import/.test(statement.type)) return;
  if (statement.type === "type_alias_statement") {
    const [left, right] = typeAliasOf(statement);
    if (left && right) addUses(facts, left.text, refsBelow(right, names));
    return;
  }
  if (statement.type === "if_statement" || statement.type === "try_statement" || statement.type === "with_statement") {
    for (const child of kids(statement)) {
      const block = child.type === "block" ? child : kids(child).find((part) => part.type === "block");
      if (block) for (const inner of kids(block)) noteUses(inner, names, facts);
      else addUses(facts, "", refsBelow(child, names));
    }
    return;
  }
  const definition = statement.type === "decorated_definition" ? field(statement, "definition") : statement;
  const inner = statement.type === "expression_statement" ? kids(statement)[0] : undefined;
  const left = inner ? assignmentOf(inner)?.left : undefined;
  const owner =
    /_definition$/.test(definition?.type ?? "") && definition
      ? field(definition, "name")?.text
      : left?.type === "identifier"
        ? left.text
        : undefined;
  const refs = refsBelow(statement, names).filter((ref) => ref !== owner);
  addUses(facts, owner ?? "", refs);
  const handedOn = kids(statement).some(
    (child) => child.type === "decorator" && !KEEPS_TO_ITSELF.test(child.text.slice(1)),
  );
  if (handedOn && owner) addUses(facts, "", [owner]);
}
