/** From bytes to facts. */
import type { ModuleFacts } from "@/domain/consolidation/facts";
import { grammarOf, saysGenerated } from "./classify";
import type { Parse } from "./syntax/parse";
import { readPython } from "./syntax/python";
import { SyntaxNode } from "./syntax/syntax-node";
import { readTypeScript } from "./syntax/typescript";

export type ModuleReading =
  | { kind: "read"; facts: ModuleFacts }
  /** Holds none of the words that were looked for; whether it parses is not known. */
  | { kind: "unparsed" }
  | { kind: "generated" }
  | { kind: "failed"; reason: string };

/** Says why where a file cannot be analysed; never throws for what a file holds. */
export async function readModule(parse: Parse, file: string, source: Uint8Array): Promise<ModuleReading> {
  const grammar = grammarOf(file);
  if (!grammar) return { kind: "failed", reason: "is in no language that is read" };
  if (saysGenerated(source)) return { kind: "generated" };
  const parsed = await parse(source, grammar);
  if (!parsed.ok) return { kind: "failed", reason: parsed.reason };
  try {
    const root = SyntaxNode.root(parsed.tree, parsed.text);
    const facts = grammar === "python" ? readPython(root) : readTypeScript(root);
    return { kind: "read", facts };
  } catch (error) {
    // Nesting deeper than the stack.
    if (error instanceof RangeError) return { kind: "failed", reason: "is nested too deeply" };
    throw error;
  } finally {
    parsed.tree.delete();
  }
}
