import type { Param } from "@/domain/consolidation/facts";
import { field, kids, typeNames } from "./nodes";
import type { SyntaxNode } from "./syntax-node";

/** Parameters in their order, the receiver included. */
export function paramsOf(list: SyntaxNode | null): Param[] {
  const params: Param[] = [];
  let keywordOnly = false;
  for (const node of list ? kids(list) : []) {
    if (node.type === "keyword_separator") keywordOnly = true;
    if (node.type === "keyword_separator" || node.type === "positional_separator") continue;
    const inner = node.type === "typed_parameter" ? (kids(node)[0] ?? node) : node;
    const name = (field(node, "name") ?? inner).text.replace(/^\*+/, "");
    const types = typeNames(field(node, "type"));
    if (inner.type === "list_splat_pattern") {
      params.push({ name, kind: "rest", optional: true, types });
      keywordOnly = true;
    } else if (inner.type === "dictionary_splat_pattern") {
      params.push({ name, kind: "keywordRest", optional: true, types });
    } else {
      const optional = /default_parameter$/.test(node.type);
      params.push({ name, kind: keywordOnly ? "keyword" : "positional", optional, types });
    }
  }
  return params;
}
