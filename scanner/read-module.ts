/** From bytes to facts. */
import type { ModuleFacts } from "@/domain/consolidation/facts";
import { grammarOf, saysGenerated } from "./classify";
import type { Parse } from "./syntax/parse";
import { readPython } from "./syntax/python";
import { SyntaxNode } from "./syntax/syntax-node";
import { readTypeScript } from "./syntax/typescript";
import { mentions, type Words } from "./words";

export type ModuleReading =
  | { kind: "read"; facts: ModuleFacts }
  /** Parses, and holds none of the words that were looked for. */
  | { kind: "unread" }
  | { kind: "generated" }
  | { kind: "failed"; reason: string };

/** `words` null looks into every file. Says why where a file cannot be analysed; never throws for what a file holds. */
export async function readModule(
  parse: Parse,
  file: string,
  source: Uint8Array,
  words: Words | null,
): Promise<ModuleReading> {
  const grammar = grammarOf(file);
  if (!grammar) return { kind: "failed", reason: "is in no language that is read" };
  if (saysGenerated(source)) return { kind: "generated" };
  const parsed = await parse(source, grammar);
  if (!parsed.ok) return { kind: "failed", reason: parsed.reason };
  try {
    if (words && !mentions(words, parsed.text)) return { kind: "unread" };
    const root = new SyntaxNode(parsed.tree.rootNode, null, parsed.text);
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
