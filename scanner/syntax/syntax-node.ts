/**
 * A tree as plain objects. Every question to a node of web-tree-sitter crosses into WebAssembly; here each is asked once,
 * and the answer is kept for the several passes over a file.
 */
import type { Node } from "web-tree-sitter";

/** Named nodes without children of their own: half of a tree, so that nobody has to ask each. */
const LEAVES = new Set([
  ...["identifier", "property_identifier", "type_identifier", "shorthand_property_identifier", "predefined_type"],
  ...["private_property_identifier", "shorthand_property_identifier_pattern", "statement_identifier"],
  ...["integer", "float", "number", "true", "false", "none", "null", "undefined", "this", "super", "ellipsis"],
  ...["string_start", "string_content", "string_end", "string_fragment", "escape_sequence", "regex_pattern"],
  ...["pass_statement", "break_statement", "continue_statement", "jsx_text", "comment"],
]);
const NONE: SyntaxNode[] = [];

export class SyntaxNode {
  readonly type: string;
  /** Row of the first character, from 0. */
  readonly row: number;
  #named: SyntaxNode[] | null = null;
  #fields: Map<string, SyntaxNode[]> | null = null;
  #text: string | null = null;
  #all: SyntaxNode[] | null = null;

  constructor(
    private readonly raw: Node,
    readonly parent: SyntaxNode | null,
    private readonly source: string,
  ) {
    this.type = raw.type;
    this.row = raw.startPosition.row;
  }

  get endRow(): number {
    return this.raw.endPosition.row;
  }

  get text(): string {
    this.#text ??= this.source.slice(this.raw.startIndex, this.raw.endIndex);
    return this.#text;
  }

  /** Named children without comments. */
  get named(): SyntaxNode[] {
    if (this.#named) return this.#named;
    if (LEAVES.has(this.type)) return NONE;
    this.#named = [];
    for (const child of this.raw.namedChildren) {
      if (!child) continue;
      const node = new SyntaxNode(child, this, this.source);
      if (node.type !== "comment") this.#named.push(node);
    }
    return this.#named;
  }

  /** This one and every node below, outer ones first; a body is gone through by several questions. */
  get all(): readonly SyntaxNode[] {
    if (this.#all) return this.#all;
    this.#all = [];
    collect(this, this.#all);
    return this.#all;
  }

  /** Types of all children, keywords and signs included. */
  get childTypes(): string[] {
    return this.raw.children.map((child) => child?.type ?? "");
  }

  /** The children that have this field, in order. */
  fields(name: string): SyntaxNode[] {
    if (this.named.length === 0) return NONE;
    this.#fields ??= this.#readFields();
    return this.#fields.get(name) ?? NONE;
  }

  #readFields(): Map<string, SyntaxNode[]> {
    const found = new Map<string, SyntaxNode[]>();
    let index = 0;
    for (const [position, child] of this.raw.namedChildren.entries()) {
      const node = this.named[index];
      if (!child || !node || child.startIndex !== node.raw.startIndex || child.id !== node.raw.id) continue;
      index += 1;
      const name = this.raw.fieldNameForNamedChild(position);
      const of = name ? found.get(name) : undefined;
      if (of) of.push(node);
      else if (name) found.set(name, [node]);
    }
    return found;
  }
}

function collect(node: SyntaxNode, into: SyntaxNode[]): void {
  into.push(node);
  for (const child of node.named) collect(child, into);
}
