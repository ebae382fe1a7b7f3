/** A node of a tree, made when somebody asks for it. */
import type { Tree } from "web-tree-sitter";
import { type Outline, outlineOf } from "./outline";

const NONE: readonly SyntaxNode[] = [];

/** Types of nodes that are looked for; what stands for them in a language is found once. */
export class Sought {
  readonly #masks = new WeakMap<object, Uint8Array>();
  readonly #names: ReadonlySet<string>;

  constructor(...names: readonly (string | Sought)[]) {
    this.#names = new Set(names.flatMap((name) => (typeof name === "string" ? name : [...name.#names])));
  }

  has(type: string): boolean {
    return this.#names.has(type);
  }

  /** One for each type that is among them. */
  in({ kinds }: Outline): Uint8Array {
    const found = this.#masks.get(kinds);
    if (found) return found;
    const mask = Uint8Array.from(kinds.names, (name, id) => (kinds.sort[id] && this.#names.has(name) ? 1 : 0));
    this.#masks.set(kinds, mask);
    return mask;
  }
}

interface Shared {
  outline: Outline;
  nodes: (SyntaxNode | undefined)[];
  /** Where each line after the first begins; found when the first is asked for. */
  lines: Int32Array | null;
}

export class SyntaxNode {
  readonly type: string;
  #named: readonly SyntaxNode[] | null = null;
  #text: string | null = null;

  private constructor(
    private readonly shared: Shared,
    private readonly index: number,
  ) {
    const { kinds, types } = shared.outline;
    this.type = kinds.names[types[index] ?? 0] ?? "ERROR";
  }

  static root(tree: Tree, text: string): SyntaxNode {
    const outline = outlineOf(tree, text);
    return SyntaxNode.at({ outline, nodes: new Array(outline.types.length), lines: null }, 0);
  }

  private static at(shared: Shared, index: number): SyntaxNode {
    const known = shared.nodes[index];
    if (known) return known;
    const node = new SyntaxNode(shared, index);
    shared.nodes[index] = node;
    return node;
  }

  get parent(): SyntaxNode | null {
    const parent = this.shared.outline.parents[this.index] ?? -1;
    return parent < 0 ? null : SyntaxNode.at(this.shared, parent);
  }

  /** Row of the first character, from 0. */
  get row(): number {
    return rowOf(this.shared, this.shared.outline.starts[this.index] ?? 0);
  }

  get endRow(): number {
    return rowOf(this.shared, this.shared.outline.ends[this.index] ?? 0);
  }

  get text(): string {
    const { text, starts, ends } = this.shared.outline;
    this.#text ??= text.slice(starts[this.index], ends[this.index]);
    return this.#text;
  }

  /** Named children without comments. */
  get named(): readonly SyntaxNode[] {
    this.#named ??= this.#findNamed();
    return this.#named;
  }

  #findNamed(): readonly SyntaxNode[] {
    const { kinds, types, nexts } = this.shared.outline;
    const end = nexts[this.index] ?? 0;
    if (end === this.index + 1) return NONE;
    const found: SyntaxNode[] = [];
    for (let at = this.index + 1; at < end; at = nexts[at] ?? end) {
      const type = types[at] ?? 0;
      if (kinds.sort[type] !== 0 && type !== kinds.comment) found.push(SyntaxNode.at(this.shared, at));
    }
    return found;
  }

  /** The first child that has this field, else null. */
  field(name: string): SyntaxNode | null {
    const { kinds, fields, nexts } = this.shared.outline;
    const field = kinds.fields.get(name);
    if (field === undefined) return null;
    const end = nexts[this.index] ?? 0;
    for (let at = this.index + 1; at < end; at = nexts[at] ?? end)
      if (fields[at] === field) return SyntaxNode.at(this.shared, at);
    return null;
  }

  /** The children that have this field, in order. */
  fields(name: string): SyntaxNode[] {
    const { kinds, fields } = this.shared.outline;
    const field = kinds.fields.get(name);
    return this.named.filter(({ index }) => fields[index] === field);
  }

  /** Types of all children, keywords and signs included. */
  get childTypes(): string[] {
    const { kinds, types, nexts } = this.shared.outline;
    const end = nexts[this.index] ?? 0;
    const found: string[] = [];
    for (let at = this.index + 1; at < end; at = nexts[at] ?? end) found.push(kinds.names[types[at] ?? 0] ?? "ERROR");
    return found;
  }

  /** Of this one and every node below those that are sought, outer ones first. */
  all(sought: Sought): SyntaxNode[] {
    const { types, nexts } = this.shared.outline;
    const mask = sought.in(this.shared.outline);
    const end = nexts[this.index] ?? 0;
    const found: SyntaxNode[] = [];
    for (let at = this.index; at < end; at += 1)
      if (mask[types[at] ?? 0] === 1) found.push(SyntaxNode.at(this.shared, at));
    return found;
  }

  /**
   * The same, and `enter` is told what holds around each; it gives what holds inside of it, or null to leave out all that
   * stands there.
   */
  walk<Around>(sought: Sought, around: Around, enter: (node: SyntaxNode, around: Around) => Around | null): void {
    const { types, nexts } = this.shared.outline;
    const mask = sought.in(this.shared.outline);
    const end = nexts[this.index] ?? 0;
    const outer: { until: number; around: Around }[] = [];
    let here = around;
    let until = end;
    for (let at = this.index; at < end; at += 1) {
      while (at >= until) {
        const next = outer.pop();
        here = next?.around ?? around;
        until = next?.until ?? end;
      }
      if (mask[types[at] ?? 0] !== 1) continue;
      const inside = enter(SyntaxNode.at(this.shared, at), here);
      const after = nexts[at] ?? end;
      if (inside === null) at = after - 1;
      else if (inside !== here) {
        outer.push({ until, around: here });
        here = inside;
        until = after;
      }
    }
  }
}

function rowOf(shared: Shared, index: number): number {
  shared.lines ??= linesOf(shared.outline.text);
  const { lines } = shared;
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lines[middle] ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low;
}

function linesOf(text: string): Int32Array {
  const found: number[] = [];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) found.push(at + 1);
  return Int32Array.from(found);
}
