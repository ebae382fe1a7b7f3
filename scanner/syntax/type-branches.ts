/** Branches on the type of a message: `if message["type"] == "chat"`, `switch (event.type)`, `match kind`. */
import type { Dispatch } from "@/domain/consolidation/facts";
import { callOf, kids, line, memberOf, stringOf, subscriptOf, typeNameOf } from "./nodes";
import { Sought, type SyntaxNode } from "./syntax-node";

const TYPE_WORD = /(^|_)(type|kind|event|action|topic|command|op|opcode)$|(Type|Kind|Event|Action)$/;

/** The expression that is compared reads as a message's type. */
function readsType(node: SyntaxNode): boolean {
  const subscript = subscriptOf(node);
  if (subscript) return TYPE_WORD.test(stringOf(subscript.index) ?? "");
  const call = callOf(node);
  if (call) return call.args[0] !== undefined && TYPE_WORD.test(stringOf(call.args[0]) ?? "");
  const member = memberOf(node);
  if (member?.property === "value") return readsType(member.object);
  return TYPE_WORD.test(member?.property ?? node.text);
}

const COMPARES = new Sought("comparison_operator", "binary_expression");
const SWITCHES = new Sought("switch_statement", "match_statement");
const BRANCHING = new Sought(COMPARES, SWITCHES);
const CASES = new Sought("switch_case", "case_pattern");

/** One dispatch where at least two types are told apart. */
export function findBranches(body: SyntaxNode): Dispatch[] {
  const types = new Set<string>();
  let first: number | null = null;
  const add = (type: string | null, node: SyntaxNode) => {
    if (type === null) return;
    types.add(type);
    first ??= line(node);
  };
  for (const node of body.all(BRANCHING)) {
    if (COMPARES.has(node.type)) {
      const [left, right] = kids(node);
      if (!left || !right || !/==|\bin\b/.test(node.text.slice(left.text.length))) continue;
      if (readsType(left)) for (const part of [right, ...kids(right)]) add(typeNameOf(part), node);
    }
    if (SWITCHES.has(node.type)) {
      const subject = kids(node)[0];
      const inner = subject?.type === "parenthesized_expression" ? kids(subject)[0] : subject;
      if (!inner || !readsType(inner)) continue;
      for (const part of node.all(CASES)) add(typeNameOf(kids(part)[0] ?? part), part);
    }
  }
  return first !== null && types.size >= 2 ? [{ registry: null, by: "branches", line: first, direct: false }] : [];
}
