import type { ModuleFacts } from "@/domain/consolidation/facts";
import { bind, type Where } from "./collect";
import { field, kids, line } from "./nodes";
import type { SyntaxNode } from "./syntax-node";

/** `import a.b`, `import a as b`, `from .a import b as c`, `from a import *`. */
export function importsOf(node: SyntaxNode, facts: ModuleFacts, where: Where): void {
  if (node.type === "future_import_statement") return;
  const module = field(node, "module_name");
  const names = node.fields("name");
  const add = (target: string, name: string | null, local: string | null, reExport: boolean) => {
    const index = facts.imports.length;
    const nested = where.scope.length > 0;
    facts.imports.push({ module: target, name, local, line: line(node), guarded: where.guarded, nested, reExport });
    if (local) bind(facts, where, { name: local, line: line(node), kind: "import", index });
  };
  if (module && kids(node).some((child) => child.type === "wildcard_import")) add(module.text, "*", null, true);
  for (const name of names) {
    const aliased = name.type === "aliased_import";
    const imported = aliased ? (field(name, "name")?.text ?? "") : name.text;
    const alias = aliased ? (field(name, "alias")?.text ?? null) : null;
    if (module) add(module.text, imported, alias ?? imported, alias === imported);
    else if (alias) add(imported, null, alias, false);
    else add(imported, null, imported.split(".")[0] ?? imported, false);
  }
}
