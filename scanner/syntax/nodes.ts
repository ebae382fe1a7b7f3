/** Reads the trees of both languages by the same questions. */
import { Sought, type SyntaxNode } from "./syntax-node";

export const line = (node: SyntaxNode): number => node.row + 1;
export const endLine = (node: SyntaxNode): number => node.endRow + 1;

/** Named children without comments. */
export const kids = (node: SyntaxNode): readonly SyntaxNode[] => node.named;

export const field = (node: SyntaxNode, name: string): SyntaxNode | null => node.field(name);

/** What `callOf` and `assignmentOf` know. */
export const CALLS = new Sought("call", "call_expression", "new_expression");
export const ASSIGNMENTS = new Sought("assignment", "assignment_expression", "variable_declarator");
export const CLASSES = new Sought("class_definition", "class_declaration", "abstract_class_declaration", "class");

export const IDENTIFIERS = new Sought(
  ...["identifier", "property_identifier", "type_identifier"],
  ...["shorthand_property_identifier", "private_property_identifier"],
);

/** The dotted name that an expression is, else null: `self.router`, `super.route`, `a.b`. */
export function refOf(node: SyntaxNode | null): string | null {
  if (!node) return null;
  if (IDENTIFIERS.has(node.type)) return node.text === "cls" ? "self" : node.text;
  switch (node.type) {
    case "this":
      return "self";
    case "super":
      return "super";
    case "attribute":
    case "member_expression":
    case "nested_type_identifier":
    case "nested_identifier": {
      const parts = memberOf(node);
      const object = refOf(parts?.object ?? null);
      return object && parts ? `${object}.${parts.property}` : null;
    }
    case "call":
      return field(node, "function")?.text === "super" ? "super" : null;
    case "parenthesized_expression":
    case "non_null_expression":
    case "as_expression":
    case "satisfies_expression":
      return refOf(kids(node)[0] ?? null);
    default:
      return null;
  }
}

export function memberOf(node: SyntaxNode): { object: SyntaxNode; property: string } | null {
  if (node.type === "attribute") return pair(field(node, "object"), field(node, "attribute"));
  if (node.type === "member_expression") return pair(field(node, "object"), field(node, "property"));
  if (node.type === "nested_type_identifier") return pair(field(node, "module"), field(node, "name"));
  if (node.type === "nested_identifier") return pair(field(node, "object"), field(node, "property"));
  return null;
}

const pair = (object: SyntaxNode | null, property: SyntaxNode | null) =>
  object && property ? { object, property: property.text } : null;

export interface Call {
  callee: SyntaxNode;
  args: readonly SyntaxNode[];
  isNew: boolean;
}

export const calleeOf = (node: SyntaxNode): SyntaxNode | null =>
  CALLS.has(node.type) ? field(node, node.type === "new_expression" ? "constructor" : "function") : null;

/** A call or `new`; arguments without comments. */
export function callOf(node: SyntaxNode): Call | null {
  const callee = calleeOf(node);
  if (!callee) return null;
  const isNew = node.type === "new_expression";
  const list = field(node, "arguments");
  return { callee, args: list ? kids(list) : [], isNew };
}

/** What stands inside `await`, parentheses, casts and `!`. */
export function bare(node: SyntaxNode): SyntaxNode {
  switch (node.type) {
    case "await":
    case "await_expression":
    case "parenthesized_expression":
    case "non_null_expression":
    case "as_expression":
    case "satisfies_expression": {
      const inner = kids(node)[0];
      return inner ? bare(inner) : node;
    }
    default:
      return node;
  }
}

export function subscriptOf(node: SyntaxNode): { object: SyntaxNode; index: SyntaxNode } | null {
  if (node.type === "subscript") {
    const object = field(node, "value");
    const index = field(node, "subscript");
    return object && index ? { object, index } : null;
  }
  if (node.type === "subscript_expression") {
    const object = field(node, "object");
    const index = field(node, "index");
    return object && index ? { object, index } : null;
  }
  return null;
}

/** `left = right`, `left: T = right`, `const left = right`. */
export function assignmentOf(
  node: SyntaxNode,
): { left: SyntaxNode; right: SyntaxNode | null; type: SyntaxNode | null } | null {
  if (node.type === "assignment" || node.type === "assignment_expression") {
    const left = field(node, "left");
    return left ? { left, right: field(node, "right"), type: field(node, "type") } : null;
  }
  if (node.type === "variable_declarator") {
    const left = field(node, "name");
    return left ? { left, right: field(node, "value"), type: field(node, "type") } : null;
  }
  return null;
}

/** The value of a string without parts that are computed; null for any other node. */
export function stringOf(node: SyntaxNode): string | null {
  if (node.type === "string") {
    const parts = kids(node);
    if (parts.some((part) => part.type === "interpolation")) return null;
    return parts.flatMap((part) => (/^string_(content|fragment)$/.test(part.type) ? part.text : [])).join("");
  }
  if (node.type === "template_string" && !kids(node).some((part) => part.type === "template_substitution")) {
    return node.text.slice(1, -1);
  }
  return null;
}

/** A string literal, or the member of an enum or constant (`MessageType.CHAT` gives `chat`). */
export function typeNameOf(node: SyntaxNode): string | null {
  const text = stringOf(node);
  if (text !== null) return text;
  const ref = refOf(node);
  if (!ref) return null;
  const parts = ref.split(".");
  const last = parts.at(-1) === "value" ? parts.at(-2) : parts.at(-1);
  return last && parts.length > 1 && /^[A-Z][A-Z0-9_]*$/.test(last) ? last.toLowerCase() : null;
}

/** Every name in a type annotation, quoted ones included: `Optional["Router"]` gives Optional and Router. */
export function typeNames(node: SyntaxNode | null): string[] {
  if (!node) return [];
  return [...node.text.matchAll(/[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*/g)].map((match) => match[0]);
}

/** What a class derives from; of a mixin that is called, the classes that it is given: `Logged(Router)`. */
export function baseRefs(node: SyntaxNode | null): string[] {
  const ref = refOf(node);
  if (ref || !node) return ref ? [ref] : [];
  return (callOf(bare(node))?.args ?? []).flatMap((argument) =>
    argument.type === "keyword_argument" ? [] : baseRefs(argument),
  );
}
