import type { FunctionFact, Param } from "@/domain/consolidation/facts";
import { bodyFacts, emptyBody } from "./body";
import type { Where } from "./collect";
import { field, kids, line, typeNames } from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";

const STRINGS = new Sought("string");

export type ReadNested = (body: SyntaxNode, scope: string[]) => void;

export function readFunction(node: SyntaxNode, name: string, where: Where, readNested: ReadNested): FunctionFact {
  const body = field(node, "body");
  const single = field(node, "parameter");
  const params = single ? [plain(single)] : paramsOf(field(node, "parameters"));
  const returns = field(node, "return_type");
  if (body) readNested(body, [...where.scope, name]);
  const warned =
    body && /deprecated/i.test(body.text) ? body.all(STRINGS).find((part) => /deprecated/i.test(part.text)) : undefined;
  const modifiers = node.childTypes;
  return {
    name,
    line: line(field(node, "name") ?? node),
    params,
    async: modifiers.includes("async"),
    returns: returns?.text.replace(/^:\s*/, "") ?? null,
    returnTypes: typeNames(returns),
    decorators: [],
    scope: where.scope,
    body: body
      ? bodyFacts(
          body,
          params.map((param) => param.name),
        )
      : emptyBody(node),
    binding: modifiers.includes("static")
      ? "static"
      : modifiers.includes("get") || modifiers.includes("set")
        ? "property"
        : "instance",
    abstract: body === null,
    deprecated: warned ? line(warned) : null,
  };
}

const plain = (node: SyntaxNode): Param => ({ name: node.text, kind: "positional", optional: false, types: [] });

export function paramsOf(list: SyntaxNode | null): Param[] {
  return (list ? kids(list) : []).flatMap((node): Param[] => {
    if (!/parameter$|pattern$|^identifier$/.test(node.type)) return [];
    const pattern = field(node, "pattern") ?? field(node, "left") ?? node;
    const types = typeNames(field(node, "type"));
    if (pattern.type === "this") return [];
    if (pattern.type === "rest_pattern")
      return [{ name: kids(pattern)[0]?.text ?? "", kind: "rest", optional: true, types }];
    const optional =
      node.type === "optional_parameter" || field(node, "value") !== null || node.type === "assignment_pattern";
    return [{ name: pattern.text, kind: "positional", optional, types }];
  });
}
