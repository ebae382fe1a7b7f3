/** The statements of a body that count. */
import { bare, callOf, kids, refOf } from "./nodes";
import type { SyntaxNode } from "./syntax-node";

export const LOGGING = /^(?:self\.)?_?(?:logger|log|logging|console|warnings|print)\b/;

/** Statements of a block without docstring; an arrow function's expression is its one statement. */
export function statementsOf(body: SyntaxNode): readonly SyntaxNode[] {
  if (!body.type.endsWith("block")) return [body];
  const all = kids(body);
  const [first] = all;
  const inner = first?.type === "expression_statement" ? kids(first)[0] : undefined;
  return inner?.type === "string" ? all.slice(1) : all;
}

/** Does nothing that a caller could see: pass, `...`, a log line, a warning, a local import. */
export function isSilent(statement: SyntaxNode): boolean {
  if (statement.type === "pass_statement" || statement.type === "empty_statement") return true;
  if (/^(?:future_)?import_(?:from_)?statement$/.test(statement.type)) return true;
  if (statement.type !== "expression_statement") return false;
  const [inner] = kids(statement);
  if (!inner) return true;
  if (inner.type === "ellipsis" || inner.type === "string") return true;
  const call = callOf(bare(inner));
  return call !== null && LOGGING.test(refOf(call.callee) ?? "");
}
