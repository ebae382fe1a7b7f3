/** What a body does when what it tried has failed. */
import type { BodyFact } from "@/domain/consolidation/facts";
import { bare, callOf, kids, line, memberOf } from "./nodes";
import { isSilent } from "./statements";
import { Sought, type SyntaxNode } from "./syntax-node";

export const CATCHES = new Sought("except_clause", "except_group_clause", "catch_clause");
const BRANCHES = new Sought(
  ...["if", "for", "while", "for_in", "switch", "match", "with"].map((word) => `${word}_statement`),
);
const STATEMENTS = new Sought(BRANCHES, "expression_statement", "return_statement", "lexical_declaration");

/** The largest `except`/`catch` that goes on working instead of raising, logging or giving a constant. */
export function fallbackOf(body: SyntaxNode): BodyFact["fallback"] {
  let found: BodyFact["fallback"] = null;
  if (!/except|catch/.test(body.text)) return found;
  for (const node of body.all(CATCHES)) {
    const block = kids(node).find((child) => child.type.endsWith("block"));
    if (!block) continue;
    const working = block.all(STATEMENTS).filter(isWorking).length;
    if (working > (found?.statements ?? 0)) found = { line: line(node), statements: working };
  }
  return found;
}

/** A statement that does something with what it has. */
function isWorking(node: SyntaxNode): boolean {
  if (BRANCHES.has(node.type)) return true;
  if (node.type === "expression_statement") return !isSilent(node);
  if (node.type === "return_statement") {
    const inner = kids(node)[0];
    return inner !== undefined && memberOf(callOf(bare(inner))?.callee ?? inner) !== null;
  }
  return node.type === "lexical_declaration";
}
