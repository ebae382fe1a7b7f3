/** Turns source text into a tree, or says why that cannot be done. */
import { createRequire } from "node:module";
import { transform } from "esbuild";
import { Language, type Node, Parser, type Tree } from "web-tree-sitter";

export type Grammar = "python" | "javascript" | "typescript" | "tsx";

const WASM: Record<Grammar, string> = {
  python: "tree-sitter-python/tree-sitter-python.wasm",
  javascript: "tree-sitter-javascript/tree-sitter-javascript.wasm",
  typescript: "tree-sitter-typescript/tree-sitter-typescript.wasm",
  tsx: "tree-sitter-typescript/tree-sitter-tsx.wasm",
};
/** What is longer is not parsed. */
export const MAX_BYTES = 4 * 1024 * 1024;

export type Parsed = { ok: true; tree: Tree; text: string } | { ok: false; reason: string };
export type Parse = (source: Uint8Array, grammar: Grammar) => Promise<Parsed>;

/** One parser with its grammars, loaded as they are asked for. The caller frees the trees. */
export async function createParse(): Promise<Parse> {
  const { resolve } = createRequire(import.meta.url);
  await Parser.init({ locateFile: () => resolve("web-tree-sitter/web-tree-sitter.wasm") });
  const parser = new Parser();
  const languages = new Map<Grammar, Promise<Language>>();
  return async (source, grammar) => {
    if (source.length > MAX_BYTES) return { ok: false, reason: `larger than ${MAX_BYTES / 1024 / 1024} MB` };
    const text = decode(source);
    if (text === null) return { ok: false, reason: "is not text in UTF-8" };
    const language = languages.get(grammar) ?? Language.load(resolve(WASM[grammar]));
    languages.set(grammar, language);
    parser.setLanguage(await language);
    const tree = parser.parse(text);
    if (!tree) return { ok: false, reason: "could not be parsed" };
    const broken = firstError(tree.rootNode);
    if (broken === null || (grammar !== "python" && (await isValid(text, grammar)))) return { ok: true, tree, text };
    tree.delete();
    return { ok: false, reason: broken };
  };
}

/**
 * Whether the text is the language after all. The grammars lag behind it: what they stumble over is a small error in an
 * otherwise whole tree, and esbuild knows better.
 */
async function isValid(text: string, grammar: Exclude<Grammar, "python">): Promise<boolean> {
  const loader = { javascript: "jsx", typescript: "ts", tsx: "tsx" } as const;
  try {
    await transform(text, { loader: loader[grammar], logLevel: "silent", jsx: "preserve", tsconfigRaw: "{}" });
    return true;
  } catch {
    return false;
  }
}

function decode(source: Uint8Array): string | null {
  if (source.includes(0)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(source);
  } catch {
    const head = Buffer.from(source.subarray(0, 200)).toString("latin1");
    const declared = /^[^\n]*\n?[^\n]*coding[:=]\s*([-\w.]+)/.exec(head)?.[1];
    if (!declared) return null;
    try {
      return new TextDecoder(labelOf(declared)).decode(source);
    } catch {
      return null;
    }
  }
}

/** Python's name of an encoding as the web calls it: `latin-1`, `iso8859_15`, `utf_8`. */
const labelOf = (encoding: string): string =>
  encoding
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/^(?:latin-?|l)(?=\d+$)/, "latin")
    .replace(/^iso-?8859-?(?=\d)/, "iso-8859-")
    .replace(/^mac-?roman$/, "macintosh")
    .replace(/^cp932$/, "shift-jis");

/** Parts that the grammars do not know yet (defaults and variance of type parameters) and that say nothing here. */
const TOLERATED = new Set(["type_parameter", "type_parameters", "type_alias_statement"]);

/** Where the text stops being the language, in words. */
function firstError(root: Node): string | null {
  if (!root.hasError) return null;
  const stack: Node[] = [root];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (TOLERATED.has(node.type)) continue;
    if (node.isError || node.isMissing) return `syntax error in line ${node.startPosition.row + 1}`;
    if (!node.hasError) continue;
    for (const child of [...node.children].reverse()) if (child) stack.push(child);
  }
  return null;
}
