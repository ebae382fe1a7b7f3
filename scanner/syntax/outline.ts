/**
 * A whole tree as lists of numbers, one entry a node, outer ones first. Every question to web-tree-sitter crosses into
 * WebAssembly; here a cursor asks each once, and the several passes over a file read the lists.
 */
import type { Language, Tree } from "web-tree-sitter";

/** Named nodes without children that say anything: half of a tree, not entered. */
const LEAVES: ReadonlySet<string> = new Set([
  ...["identifier", "property_identifier", "type_identifier", "shorthand_property_identifier", "predefined_type"],
  ...["private_property_identifier", "shorthand_property_identifier_pattern", "statement_identifier"],
  ...["integer", "float", "number", "true", "false", "none", "null", "undefined", "this", "super", "ellipsis"],
  ...["string_start", "string_content", "string_end", "string_fragment", "escape_sequence", "regex_pattern"],
  ...["pass_statement", "break_statement", "continue_statement", "jsx_text", "comment"],
]);

/** What a language calls its nodes, by their number. */
export interface Kinds {
  names: readonly string[];
  /** Numbers of fields by their name. */
  fields: ReadonlyMap<string, number>;
  /** 0: a sign or keyword; 1: a leaf; 2: any other. */
  sort: Uint8Array;
  comment: number;
}

const ERROR = 0xffff;
const known = new WeakMap<Language, Kinds>();

function kindsOf(language: Language): Kinds {
  const found = known.get(language);
  if (found) return found;
  const names = Array.from({ length: language.nodeTypeCount }, (_, id) => language.nodeTypeForId(id) ?? "");
  const kinds: Kinds = {
    names,
    fields: new Map(language.fields.flatMap((name, id) => (name ? [[name, id] as const] : []))),
    sort: Uint8Array.from(names, (name, id) => (!language.nodeTypeIsNamed(id) ? 0 : LEAVES.has(name) ? 1 : 2)),
    comment: names.findIndex((name, id) => name === "comment" && language.nodeTypeIsNamed(id)),
  };
  known.set(language, kinds);
  return kinds;
}

export interface Outline {
  kinds: Kinds;
  text: string;
  /** Of the kinds' names. */
  types: Uint16Array;
  starts: Int32Array;
  ends: Int32Array;
  /** The next node that is not below this one. */
  nexts: Int32Array;
  parents: Int32Array;
  fields: Uint8Array;
}

/** Starts and ends of signs and keywords are not asked for: nobody needs them. */
export function outlineOf(tree: Tree, text: string): Outline {
  const kinds = kindsOf(tree.language);
  const size = tree.rootNode.descendantCount;
  const types = new Uint16Array(size);
  const starts = new Int32Array(size);
  const ends = new Int32Array(size);
  const nexts = new Int32Array(size);
  const parents = new Int32Array(size);
  const fields = new Uint8Array(size);
  const cursor = tree.walk();
  let parent = -1;
  let count = 0;
  walk: for (;;) {
    const at = count;
    count += 1;
    const type = cursor.nodeTypeId;
    const sort = type === ERROR ? 2 : kinds.sort[type];
    types[at] = type;
    parents[at] = parent;
    nexts[at] = count;
    if (sort) {
      starts[at] = cursor.startIndex;
      ends[at] = cursor.endIndex;
      fields[at] = cursor.currentFieldId;
    }
    if (sort === 2 && cursor.gotoFirstChild()) {
      parent = at;
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (parent < 0 || !cursor.gotoParent()) break walk;
      nexts[parent] = count;
      parent = parents[parent] ?? -1;
    }
  }
  cursor.delete();
  return { kinds, text, types, starts, ends, nexts, parents, fields };
}
