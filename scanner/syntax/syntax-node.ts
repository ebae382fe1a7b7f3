/**
 * A tree as plain objects. Every question to a node of web-tree-sitter crosses into WebAssembly; here each is asked once,
 * and the answer is kept for the several passes over a file.
 */
import type { Node } from "web-tree-sitter";

export class SyntaxNode {
  readonly type: string;
  /** Row of the first character, from 0. */
  readonly row: number;
  #named: SyntaxNode[] | null = null;
  #fields: Map<string, SyntaxNode[]> | null = null;
  #text: string | null = null;

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
    this.#named = [];
    for (const child of this.raw.namedChildren) {
      if (!child) continue;
      const node = new SyntaxNode(child, this, this.source);
      if (node.type !== "comment") this.#named.push(node);
    }
    return this.#named;
  }

  /** Types of all children, keywords and signs included. */
  get childTypes(): string[] {
    return this.raw.children.map((child) => child?.type ?? "");
  }

  /** The children that have this field, in order. */
  fields(name: string): SyntaxNode[] {
    this.#fields ??= this.#readFields();
    return this.#fields.get(name) ?? [];
  }

  #readFields(): Map<string, SyntaxNode[]> {
    const found = new Map<string, SyntaxNode[]>();
    let index = 0;
    for (const [position, child] of this.raw.namedChildren.entries()) {
      const node = this.named[index];
      if (!child || !node || child.startIndex !== node.raw.startIndex || child.id !== node.raw.id) continue;
      index += 1;
      const name = this.raw.fieldNameForNamedChild(position);
      if (name) found.set(name, [...(found.get(name) ?? []), node]);
    }
    return found;
  }
}
