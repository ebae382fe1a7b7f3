/** `import`, `export … from` and `require` of TypeScript and JavaScript. */
import type { ModuleFacts } from "@/domain/consolidation/facts";
import { bind, type Where } from "./collect";
import { bare, callOf, field, kids, line, memberOf, refOf, stringOf } from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";

const PARTS = new Sought("shorthand_property_identifier_pattern", "pair_pattern");

interface Found {
  module: string;
  name: string | null;
  local: string | null;
  node: SyntaxNode;
  reExport?: boolean;
}

function add(facts: ModuleFacts, where: Where, { module, name, local, node, reExport = false }: Found): void {
  const index = facts.imports.length;
  const nested = where.scope.length > 0;
  facts.imports.push({ module, name, local, line: line(node), guarded: where.guarded, nested, reExport });
  if (local) bind(facts, where, { name: local, line: line(node), kind: "import", index });
}

const sourceOf = (node: SyntaxNode): string | null => {
  const source = field(node, "source");
  return source ? stringOf(source) : null;
};

export function importsOf(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const required = kids(node).find((child) => child.type === "import_require_clause");
  if (required) {
    const module = sourceOf(required);
    const local = kids(required)[0]?.text ?? null;
    if (module) add(facts, where, { module, name: null, local, node });
    return;
  }
  const module = sourceOf(node);
  if (module === null) return;
  const clause = kids(node).find((child) => child.type === "import_clause");
  if (!clause) add(facts, where, { module, name: null, local: null, node });
  for (const part of clause ? kids(clause) : []) {
    if (part.type === "identifier") add(facts, where, { module, name: "default", local: part.text, node });
    if (part.type === "namespace_import")
      add(facts, where, { module, name: null, local: kids(part)[0]?.text ?? null, node });
    if (part.type === "named_imports") for (const one of kids(part)) addNamed(one, module, false, facts, where);
  }
}

function addNamed(one: SyntaxNode, module: string, reExport: boolean, facts: ModuleFacts, where: Where): void {
  const name = field(one, "name")?.text;
  if (!name) return;
  add(facts, where, { module, name, local: field(one, "alias")?.text ?? name, node: one, reExport });
}

/** `export { A as B } from "./a"`, `export * from "./a"`, `export { A as B }`. */
export function exportsOf(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  const module = sourceOf(node);
  const clause = kids(node).find((child) => child.type === "export_clause");
  const namespace = kids(node).find((child) => child.type === "namespace_export");
  const names = clause ? kids(clause) : [];
  facts.exported ??= [];
  for (const one of names) {
    const name = field(one, "name")?.text ?? "";
    const alias = field(one, "alias")?.text ?? name;
    facts.exported.push(alias);
    if (module !== null) addNamed(one, module, true, facts, where);
    else if (alias !== name) bind(facts, where, { name: alias, line: line(one), kind: "alias", target: name });
  }
  if (module === null || clause) return;
  const local = namespace ? (kids(namespace)[0]?.text ?? null) : null;
  if (local) facts.exported.push(local);
  add(facts, where, { module, name: namespace ? null : "*", local, node, reExport: true });
}

/** `const { A: B } = require("./a")`, `const a = await import("./a")`; true when it was one. */
export function requireOf(node: SyntaxNode, facts: ModuleFacts, where: Where): boolean {
  if (node.type !== "variable_declarator") return false;
  const name = field(node, "name");
  const value = field(node, "value");
  if (!name || !value) return false;
  const inner = bare(value);
  const member = memberOf(inner);
  const call = callOf(member ? bare(member.object) : inner);
  const called = call && (refOf(call.callee) ?? call.callee.type);
  const module = call?.args[0] && /^(require|import)$/.test(called ?? "") ? stringOf(call.args[0]) : null;
  if (module === null) return false;
  if (name.type === "identifier") add(facts, where, { module, name: member?.property ?? null, local: name.text, node });
  else for (const part of name.all(PARTS)) addPattern(part, module, facts, where);
  return true;
}

const LAZY = /^(lazy|dynamic|loadable|defineAsyncComponent|asyncComponent)$/;
const INSIDE: Where = { branch: null, scope: ["import()"], guarded: false };

/** `import("./a")` that no variable holds: `.then((a) => new a.Router())`, `lazy(() => import("./a"))`. */
export function dynamicImportOf(node: SyntaxNode, facts: ModuleFacts): void {
  const call = callOf(node);
  const [first] = call?.args ?? [];
  const module = call?.callee.type === "import" && first ? stringOf(first) : null;
  if (module === null) return;
  let at = node;
  while (at.parent && /^(await_expression|parenthesized_expression)$/.test(at.parent.type)) at = at.parent;
  const above = at.parent;
  const member = above && memberOf(above);
  const then = member?.property === "then" ? above?.parent && callOf(above.parent) : null;
  if (then) thenOf(then.args[0] ?? null, module, facts);
  if (then || above?.type === "variable_declarator") return;
  const outer = above?.type === "arrow_function" ? callOf(above.parent?.parent ?? above) : null;
  const lazy = outer && LAZY.test(refOf(outer.callee)?.split(".").at(-1) ?? "");
  add(facts, INSIDE, { module, name: member?.property ?? (lazy ? "default" : null), local: null, node });
}

function thenOf(callback: SyntaxNode | null, module: string, facts: ModuleFacts): void {
  const list = callback && field(callback, "parameters");
  const param = (callback && field(callback, "parameter")) ?? (list ? (kids(list)[0] ?? null) : null);
  const pattern = param && (field(param, "pattern") ?? param);
  if (pattern?.type === "object_pattern")
    for (const part of pattern.all(PARTS)) addPattern(part, module, facts, INSIDE);
  else if (callback) add(facts, INSIDE, { module, name: null, local: pattern?.text ?? null, node: callback });
}

function addPattern(part: SyntaxNode, module: string, facts: ModuleFacts, where: Where): void {
  if (part.type === "shorthand_property_identifier_pattern") {
    add(facts, where, { module, name: part.text, local: part.text, node: part });
  }
  if (part.type === "pair_pattern") {
    const name = field(part, "key")?.text ?? "";
    add(facts, where, { module, name, local: field(part, "value")?.text ?? name, node: part });
  }
}
